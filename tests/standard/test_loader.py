"""Files of every kind: what loads, what is refused, and what a standard's hash depends on."""

from __future__ import annotations

import pickle
import random
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from operator import attrgetter
from pathlib import Path

import pytest

from tests.standard.shipped import SHIPPED, Fault, changed, faults, written
from tests.standard.told import section, written_down
from workbook_tools.standard import (
    Standard,
    StandardError,
    check_standard,
    load_standard,
    standard_hash,
    standard_text,
)
from workbook_tools.standard.problems import Problem, StandardFile

FAULTS = faults("faults_of_shape.yaml")


@pytest.mark.parametrize("fault", FAULTS, ids=attrgetter("name"))
def test_a_fault_of_shape_is_named_with_its_line(fault: Fault, tmp_path: Path) -> None:
    text, line = changed(fault)
    path = written(tmp_path, text)
    with pytest.raises(StandardError) as raised:
        load_standard(path)
    problems = [each for each in raised.value.problems if fault.message in each.message]
    assert [(each.file, each.line) for each in problems] == [("standard.yaml", line)]
    assert f"standard.yaml 第 {line} 行：" in str(raised.value)
    told = section("faults_of_shape.yaml", fault.name, raised.value.problems)
    assert told == written_down("faults_of_shape.yaml", fault.name)


def test_all_faults_of_shape_are_named_at_once(tmp_path: Path) -> None:
    text = SHIPPED.replace("places: 2", "places: two").replace("weight: 20", "wieght: 20")
    problems = check_standard(written(tmp_path, text))
    # each misspelt weight is an unknown key and a missing one
    assert len(problems) == 1 + 2 * SHIPPED.count("weight: 20") > 5
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


HOSTILE = {
    "brackets": ("[" * 500_000, 1, "嵌套超过 20 层"),
    "dashes": ("- " * 400_000, 1, "嵌套超过 20 层"),
    "braces": ("{a: " * 200_000, 1, "嵌套超过 20 层"),
    "one list too deep": ("\n" + "[" * 21 + "]" * 21, 2, "嵌套超过 20 层"),
    "lists as deep as can be": ("\n" + "[" * 20 + "]" * 20, 2, "应为键值表"),
    "aliases": ("a: 1\nb: &b [*a, *a]\nc: [*b, *b]\n", 2, "锚点"),
    "an anchor that nobody uses": ("a: 1\nb: &b 2\n", 2, "锚点"),
    "a tag": ("a: 1\nb: !!str 2\n", 2, "不支持 YAML 标签 tag:yaml.org,2002:str"),
    "too long": ("# " + "x" * 1_100_000, 0, "文件超过 1000000 字节"),
    "nothing": ("", 0, "文件是空的"),
    "only a comment": ("# 标准\n", 0, "文件是空的"),
    "two documents": ("a: 1\n---\nb: 2\n", 2, "只能有一份"),
    "no end": ("a: 1\nb: [1\nc: 2\n", 3, "不合 YAML 语法"),
    "control characters": ("a: \x07\n", 0, "含有 YAML 不允许的字符"),
    "a list": ("- 1\n- 2\n", 1, "应为键值表，实际是列表"),
    "a word": ("标准", 1, "应为键值表，实际是文字 '标准'"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_standard_is_refused(name: str, tmp_path: Path) -> None:
    text, line, words = HOSTILE[name]
    with pytest.raises(StandardError, match=words) as raised:
        load_standard(written(tmp_path, text))
    assert [one.line for one in raised.value.problems] == [line]


def test_other_encodings_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    gbk = tmp_path / "gbk.yaml"
    gbk.write_bytes("schema: 1\ntitle: 标准\n".encode("gbk"))
    with pytest.raises(StandardError, match=r"gbk\.yaml 第 2 行：文件不是 UTF-8 编码"):
        load_standard(gbk)
    with pytest.raises(StandardError, match="无法读取"):
        load_standard(tmp_path)
    with pytest.raises(StandardError, match=r"找不到这个评分标准.*hunan-county-2020"):
        load_standard("no-such-standard")


def test_the_error_survives_the_way_between_processes(tmp_path: Path) -> None:
    with pytest.raises(StandardError) as raised:
        load_standard(written(tmp_path, "- 1"))
    again = pickle.loads(pickle.dumps(raised.value))
    assert again.problems == raised.value.problems


def test_the_default_its_id_and_its_path_are_the_same_standard(tmp_path: Path) -> None:
    assert load_standard() is load_standard("hunan-county-2020")
    copy = load_standard(written(tmp_path, "\ufeff" + SHIPPED))
    assert standard_hash(copy) == standard_hash(load_standard())
    assert load_standard(str(tmp_path / "standard.yaml")).id == "hunan-county-2020"


def test_the_text_of_a_standard_is_that_of_its_file(tmp_path: Path) -> None:
    path = written(tmp_path, SHIPPED)
    every = (None, "hunan-county-2020", str(path), path)
    assert {standard_text(one) for one in every} == {SHIPPED.encode()}


def test_a_standard_is_looked_at_by_its_id_and_by_its_path(tmp_path: Path) -> None:
    path = written(tmp_path, SHIPPED.replace("places: 2", "places: two"))
    assert check_standard("hunan-county-2020") == []
    assert [len(check_standard(one)) for one in (str(path), path)] == [1, 1]


def _warned(_standard: Standard, source: StandardFile) -> Iterator[Problem]:
    yield source.problem(("tables",), "多了一张表", "warning")


def test_further_lints_are_asked_once_there_is_no_error(tmp_path: Path) -> None:
    warning = SHIPPED.replace("    with_subordinates: 汇总含所属\n", "")
    error = warning.replace("name: 效果\n    weight: 20", "name: 效果\n    weight: 19")
    for text, said in ((SHIPPED, 1), (warning, 2), (error, 3)):
        found = check_standard(written(tmp_path, text), further=[_warned])
        assert len(found) == said
        assert ("多了一张表" in {one.message for one in found}) == (text is not error)
        assert [one.line for one in found] == sorted(one.line for one in found)


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_file_may_have_a_million_bytes(beyond: int, tmp_path: Path) -> None:
    text = f"{SHIPPED}# "
    text += "x" * (1_000_000 - len(text.encode()) + beyond)
    assert len(check_standard(written(tmp_path, text))) == beyond


def test_all_that_is_wrong_is_told_line_by_line(tmp_path: Path) -> None:
    text = SHIPPED.replace("places: 2", "places: two").replace("schema: 1", "schema: one")
    with pytest.raises(StandardError) as raised:
        load_standard(written(tmp_path, text))
    assert [line.partition("：")[0] for line in str(raised.value).splitlines()] == [
        "standard.yaml 第 10 行",
        "standard.yaml 第 27 行",
    ]


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "standard.yaml"
    path.write_bytes(b"\n\xff\n")
    assert [(one.line, one.message) for one in check_standard(path)] == [
        (2, "文件不是 UTF-8 编码，请另存为 UTF-8")
    ]


@pytest.mark.parametrize("characters", [40, 41])
def test_a_long_text_is_quoted_by_its_beginning(characters: int, tmp_path: Path) -> None:
    text = SHIPPED.replace("places: 2", f"places: {'x' * characters}")
    (found,) = check_standard(written(tmp_path, text))
    assert f"'{'x' * 40}'" in found.message


@pytest.mark.parametrize("nothing", ["null", "~", ""])
def test_nothing_is_told_as_such(nothing: str, tmp_path: Path) -> None:
    (found,) = check_standard(written(tmp_path, SHIPPED.replace("places: 2", f"places: {nothing}")))
    assert "实际是空值" in found.message


def test_numbers_are_exact() -> None:
    indicators = {each.id: each for each in load_standard().indicators}
    rule = indicators["carryover_control"].rule
    assert getattr(rule, "limit", None) == Fraction(3, 20)
    bands = indicators["budget_adjustment"].alternatives[0].rule
    assert [band.points for band in getattr(bands, "bands", ())] == [
        2, Fraction(4, 3), Fraction(2, 3), Fraction(1, 3), 0,
    ]  # fmt: skip


def _shuffled(text: str, seed: int) -> str:
    """The same standard with the keys at the top in another order."""
    head, *parts = re.split(r"^(?=[a-z_]+:)", text, flags=re.MULTILINE)
    random.Random(seed).shuffle(parts)
    return head + "\n".join(parts)


Change = Callable[[str], str]


def _replaced(*pairs: str) -> Change:
    """The change that replaces each old text by the new one after it."""

    def change(text: str) -> str:
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text
            text = text.replace(old, new, 1)
        return text

    return change


SAME: dict[str, Change] = {
    "comments": lambda text: "# 说明\n" + text.replace("\n\n", "\n\n# 说明\n\n"),
    "indentation": lambda text: re.sub("^(?= )", "  ", text, flags=re.M),
    "trailing spaces": lambda text: re.sub(r"(id: \w+)$", r"\1  ", text, flags=re.M),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "order of keys": lambda text: _shuffled(text, 7),
    "quotes": _replaced("name: 优", 'name: "优"'),
    "flow and block": _replaced("{places: 2}", "\n  places: 2"),
    "true written out": _replaced("label: 编制数\n", "label: 编制数\n    required: true\n"),
    "nothing written out": _replaced("label: 编制数\n", 'label: 编制数\n    short: ""\n'),
    "a word written out": _replaced("deduct: 1}", "deduct: 1, partial: floor}"),
    "a struct left out": _replaced("rounding: {places: 2}\n", ""),
    "digits": _replaced("limit: 0.15", "limit: 0.150", '"4/3"', '"8/6"'),
}


@pytest.mark.parametrize("name", SAME)
def test_the_hash_does_not_depend_on_how_the_file_is_written(name: str, tmp_path: Path) -> None:
    text = SAME[name](SHIPPED)
    assert text != SHIPPED
    assert standard_hash(load_standard(written(tmp_path, text))) == standard_hash(load_standard())


OTHER: dict[str, Change] = {
    "weights": _replaced(
        "    weight: 8\n", "    weight: 7\n", "    weight: 10\n", "    weight: 11\n"
    ),
    "a threshold": _replaced("limit: 0.15", "limit: 0.16"),
    "a zero policy": _replaced("zero: full", "zero: insufficient"),
    "a label": _replaced("label: 编制数", "label: 编制人数"),
    "the order of items": _replaced(
        "公开的预决算内容", "甲", "公开的时间", "公开的预决算内容", "甲", "公开的时间"
    ),
    "a part of a step": _replaced("deduct: 1}", "deduct: 1, partial: ceil}"),
}


@pytest.mark.parametrize("name", OTHER)
def test_the_hash_depends_on_what_the_standard_says(name: str, tmp_path: Path) -> None:
    text = OTHER[name](SHIPPED)
    assert text != SHIPPED
    assert standard_hash(load_standard(written(tmp_path, text))) != standard_hash(load_standard())
