"""A code is one code whatever program or hand wrote it, and another code is not."""

from __future__ import annotations

import pytest

from workbook_tools.standard.unit_codes import Codes, bare, oddities, unit_code, without_zeros


@pytest.mark.parametrize(
    ("written", "meant", "said"),
    [
        ("208001", "208001", ()),
        ("0301A", "0301A", ()),
        ("档案局-1", "档案局-1", ()),
        (" 208 001\u3000", "208001", ("有空格",)),
        ("208001\u200b", "208001", ("有看不见的字符",)),
        ("208001\t", "208001", ("有看不见的字符",)),
        ("２０８００１", "208001", ("有全角字符",)),
        ("208001.0", "208001", ("带有小数点",)),
        ("208001.000", "208001", ("带有小数点",)),
        ("208001.5", "208001.5", ()),
        ("A208.0", "A208.0", ()),
        (" ２０８．0\u200b", "208", ("有看不见的字符", "有空格", "有全角字符", "带有小数点")),
        ("", "", ()),
    ],
)
def test_a_code_as_it_is_meant_and_what_is_odd_about_it(
    written: str, meant: str, said: tuple[str, ...]
) -> None:
    assert (unit_code(written), oddities(written)) == (meant, said)


@pytest.mark.parametrize(
    ("text", "wanted"), [("（甲） 局", "(甲)局"), ("a1", "a1"), ("a 1", "a1"), ("财政局", "财政局")]
)
def test_a_name_without_blanks_and_wide_forms(text: str, wanted: str) -> None:
    assert bare(text) == wanted


@pytest.mark.parametrize(
    ("code", "short"), [("002", "2"), ("2", "2"), ("0", "0"), ("000", "000"), ("20", "20")]
)
def test_a_code_that_a_program_took_for_a_number(code: str, short: str) -> None:
    assert without_zeros(code) == short


@pytest.mark.parametrize(
    ("written", "stands_for"),
    [
        ("0301", "0301"),
        ("301", "0301"),
        ("00301", "0301"),
        ("302", "302"),
        ("7", ""),  # 007 or 07, nobody knows
        ("07", "07"),
        ("007", "007"),
        ("999", ""),
        ("", ""),
    ],
)
def test_a_code_stands_for_the_only_one_that_it_can_be(written: str, stands_for: str) -> None:
    assert Codes(["0301", "302", "007", "07"]).find(written) == stands_for


def test_no_code_stands_for_none_even_where_one_is_empty_but_for_zeros() -> None:
    assert Codes(["0301"]).find("") == ""
    assert Codes(["", "0301"]).find("") == ""
