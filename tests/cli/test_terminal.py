"""Lines of Chinese text: they fit, they lose nothing, and they break where lines may."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.cli.terminal import display_width, wrapped

TEXTS = st.text(st.sampled_from("预算支出，。（）“” 0123.IN…—\n"), max_size=80)


@given(TEXTS, st.integers(12, 40))
def test_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(display_width(line) <= width for line in lines)
    assert all(line == line.strip() for line in lines)


def test_lines_break_between_characters_but_not_inside_numbers_or_before_a_full_stop() -> None:
    assert wrapped("预算为 3,975.53 万元，支出相同。", 13) == [
        "预算为",
        "3,975.53 万",
        "元，支出相",
        "同。",
    ]


def test_word_that_fits_on_no_line_is_cut() -> None:
    assert wrapped("见 " + "A" * 25, 10) == ["见 AAAAA", "A" * 10, "A" * 10]


def test_full_width_characters_take_two_columns() -> None:
    assert display_width("B8（预算）") == 2 + 8
