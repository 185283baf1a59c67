"""The fields that programs look for are listed, linted, documented, and may all be missing."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import openpyxl
import pytest

from tests.standard.shipped import SHIPPED, written
from workbook_tools import (
    annotate,
    assess,
    build_template,
    consolidate,
    import_report,
    load_standard,
    read_submission,
    write_overview,
    write_report,
)
from workbook_tools.standard import Standard, check_standard
from workbook_tools.standard.known_fields import KNOWN_FIELDS

DOCS = Path(__file__).parents[2] / "docs"
LAKESIDE = DOCS / "examples" / "lakeside-2023.yaml"


def without(standard: Standard, *ids: str) -> Standard:
    return msgspec.structs.replace(
        standard, inputs=tuple(one for one in standard.inputs if one.id not in ids)
    )


@pytest.mark.parametrize("name", ["hunan-county-2020", LAKESIDE])
def test_a_standard_without_any_of_them_is_served(name: str | Path, tmp_path: Path) -> None:
    standard = without(load_standard(name), *KNOWN_FIELDS)
    blank, roster = tmp_path / "表.xlsx", tmp_path / "名册.csv"
    build_template(standard, blank)
    roster.write_text("单位编码,单位名称\n001,水务局\n", encoding="utf-8")

    done = assess(blank, standard)
    assert done.evaluation is not None
    annotate(blank, tmp_path / "批注.xlsx", done.findings, done.evaluation)
    write_report(done.evaluation, tmp_path / "报告.docx")
    county = consolidate([blank], tmp_path / "汇总.xlsx", standard=standard, roster=roster)
    write_overview(county, tmp_path / "总报告.docx")
    assert {"unit_code", "doubtful"} <= set(county.budget.columns)
    assert county.budget.columns.isin(["group", "scope", "included_in"]).sum() == 0
    assert [one for one in done.findings if one.field in KNOWN_FIELDS] == []


@pytest.mark.parametrize("gone", ["claimed_total", "fiscal_year", "unit_name"])
def test_a_report_is_imported_without_a_place_for_some(gone: str, tmp_path: Path) -> None:
    standard = without(load_standard(), gone)
    told = tmp_path / "报告.txt"
    lines = ("2020年度部门整体支出绩效自评报告", "单位名称：水务局", "自评总分：95", "评价结果：优")
    told.write_text("\n".join(lines), encoding="utf-8")

    done = import_report(told, tmp_path / "表.xlsx", standard=standard)

    assert read_submission(Path(done.target), standard).text("claimed_grade") == "优"


FAULTS = {
    "a type that programs cannot read": (
        "- id: prepared_on\n    label: 填报日期\n",
        "type: date",
        "type: text",
        "'prepared_on' 是程序认得的填报项",
        "error",
    ),
    "a scope that is no choice": (
        "- id: scope\n",
        "with_subordinates: 汇总含所属",
        "with_subordinates: 含所属",
        "应为选项之一（本级、汇总含所属），实际是 '含所属'",
        "error",
    ),
    "a choice that is none of the scope": (
        "- id: claimed_grade\n",
        "type: choice",
        "with_subordinates: 优\n    type: choice",
        "with_subordinates 只用于 id 为 scope 的填报项",
        "error",
    ),
    "a scope that says nothing": (
        "- id: scope\n",
        "    with_subordinates: 汇总含所属\n",
        "",
        "有 scope 而没有 with_subordinates",
        "warning",
    ),
    "no parent": (
        "- id: parent_code\n",
        "id: parent_code",
        "id: above_code",
        "有 scope 而没有 parent_code",
        "warning",
    ),
    "no code": (
        "- id: unit_code\n",
        "id: unit_code",
        "id: own_code",
        "没有填报项 'unit_code'",
        "warning",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_with_one_is_said(name: str, tmp_path: Path) -> None:
    start, old, new, message, severity = FAULTS[name]
    before, _, after = SHIPPED.partition(start)
    text = before + (start + after).replace(old, new, 1)

    problems = [one for one in check_standard(written(tmp_path, text)) if message in one.message]

    assert [one.severity for one in problems] == [severity]
    assert problems[0].line > 1


def test_shipped_standards_and_examples_have_nothing_wrong() -> None:
    examples = (DOCS / "examples").glob("*.yaml")
    names: tuple[str | Path, ...] = ("hunan-county-2020", "national-2020", "project-2020")
    for name in (*names, *examples):
        found = [one for one in check_standard(name) if "填报项" in one.message]
        assert found == [], name


def test_they_are_documented() -> None:
    text = (DOCS / "writing-a-standard.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]*) \| ([^|]*) \|$", text, re.MULTILINE)
    assert [row for row in rows if row[0] in KNOWN_FIELDS] == [
        (identity, "、".join(f"`{kind}`" for kind in known.types), known.use)
        for identity, known in KNOWN_FIELDS.items()
    ]


def test_no_known_field_is_spelled_out_where_it_is_looked_for() -> None:
    """The ids stand in one module; elsewhere they are ids of columns or keys of JSON."""
    looked_up = re.compile(rf'(?:text|number|get|facts|entries)\(\s*"({"|".join(KNOWN_FIELDS)})"')
    package = DOCS.parent / "workbook_tools"
    found = [
        (path.name, match[1])
        for path in package.rglob("*.py")
        for match in looked_up.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_words_of_one_county_stand_in_no_code() -> None:
    words = re.compile("基本信息|汇总含所属|填报口径|三公")
    package = DOCS.parent / "workbook_tools"
    found = [
        (path.name, line.strip())
        for path in package.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if words.search(line)
    ]
    assert found == []


def test_the_summary_of_another_standard_speaks_in_its_words(tmp_path: Path) -> None:
    standard = load_standard(LAKESIDE)
    blank = tmp_path / "表.xlsx"
    build_template(standard, blank, issued={"unit_code": "001", "unit_name": "湖滨县文化馆"})

    consolidate([blank], tmp_path / "汇总.xlsx", standard=standard)

    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [one for one in texts if re.search("填报口径|三公|汇总含所属|归口|未填主管", one)] == []
    budget = [cell.value for cell in book["预算汇总"][4]]
    assert budget[:3] == ["单位编码", "单位名称", "全年预算数"]
