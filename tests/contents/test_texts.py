"""Texts of a workbook never act in what we write: workbooks, CSV, text and JSON on a terminal."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec import structs, to_builtins

from tests.cli.shell import CLEAN, run
from tests.consolidation.records import STANDARD, consolidation, outcome, record, refused
from tests.contents.nasty import ACTING, TRICKS, nasty
from tests.ooxml.invariants import violations
from workbook_tools import annotate, build_template, read_submission
from workbook_tools.assessment import assess
from workbook_tools.checks import Finding, make
from workbook_tools.cli.documents import print_document
from workbook_tools.cli.output import print_record, say
from workbook_tools.consolidation.summary.workbook import write_summary
from workbook_tools.files.names import safe_name
from workbook_tools.scoring import Evaluation

many = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
few = settings(many, max_examples=3, phases=(Phase.explicit, Phase.generate))


def finding(text: str, sheet: str = "", cell: str = "") -> Finding:
    return make("external-links", text, sheet=sheet, cell=cell, expected=text, actual=text)


class Inside(NamedTuple):
    """What a reader of XML sees in a workbook: formulas, and where links lead."""

    formulas: set[str]
    links: set[str]


def inside(path: Path) -> Inside:
    """Every part is read as XML, so that broken markup fails."""
    formulas, links = set(), set()
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                for one in etree.fromstring(package.read(name)).iter():
                    tag = str(one.tag).rpartition("}")[2]
                    if tag == "f":
                        formulas.add(str(one.text))
                    if tag == "Relationship" and one.get("TargetMode") == "External":
                        links.add(str(one.get("Target")))
    return Inside(formulas, links)


# ------------------------------------------------------------------------- the summary workbook


def summary_of(texts: list[str], target: Path, most: int = 100_000) -> Path:
    """A summary with these texts wherever a workbook or a file name can put one."""
    half = [text.encode("utf-8", "replace").decode() for text in texts]  # as a file system's paths
    records = [
        outcome(
            record(
                f"{text[:50]}{number}",
                name=text,
                path=f"/bureau/in/{half[number][:60]}/{number}.xlsx",
                findings=(finding(text, text, text), finding(text)),
                facts={
                    "supervisor": f"{text}{number}",
                    "unit_name": text,
                    "expenditure_total": "1",
                },
            )
        )
        for number, text in enumerate(texts)
    ]
    records += [outcome(refused(f"/bureau/in/{half[0][:60]}.xlsx", texts[0]))]
    return write_summary(consolidation(*records), target, most_findings=most)


def ordinary(number: int, target: Path) -> Inside:
    return inside(summary_of([f"单位{n}" for n in range(number)], target))


@pytest.mark.slow
@few
@given(st.lists(nasty, min_size=20, max_size=20))
def test_in_the_summary(tmp_path: Path, texts: list[str]) -> None:
    path = summary_of(texts, tmp_path / "汇总.xlsx")
    found, usual = inside(path), ordinary(20, tmp_path / "usual.xlsx")
    assert found.formulas == usual.formulas
    assert all(
        link.lower().endswith((".xlsx", ".xlsm")) or ".xlsx#" in link for link in found.links
    )
    assert not [link for link in found.links if ":" in link.partition("#")[0]]
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == openpyxl.load_workbook(tmp_path / "usual.xlsx").sheetnames


@pytest.mark.parametrize(
    "rows_kept",
    [
        pytest.param(0, marks=pytest.mark.slow, id="row by row"),
        pytest.param(100_000, id="in memory"),
    ],
)
def test_in_the_summary_every_trick_is_a_text(
    rows_kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook_tools.consolidation.summary.workbook._KEPT_ROWS", rows_kept)
    path = summary_of(list(TRICKS), tmp_path / "汇总.xlsx")
    assert inside(path).formulas == ordinary(len(TRICKS), tmp_path / "usual.xlsx").formulas
    shown = {
        str(cell.value)
        for row in openpyxl.load_workbook(path)["问题清单"].iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert {"=1+1", "<r><t>粗</t></r> ", "http://evil.example/", '","code":"x'} <= shown


@few
@given(st.lists(nasty, min_size=5, max_size=20))
def test_in_the_csv_beside_it(tmp_path: Path, texts: list[str]) -> None:
    summary_of(texts, tmp_path / "汇总.xlsx", most=1)
    whole = (tmp_path / "汇总-问题清单.csv").read_bytes().decode("utf-8-sig")
    assert not ACTING.search(whole.replace("\r\n", "\n"))
    rows = list(csv.reader(io.StringIO(whole, newline="")))
    assert len(rows) == 1 + 2 * len(texts)  # its head; refused files are in 缺报与异常
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row):
        assert cell.startswith("'") or cell.lstrip("\"'\ufeff \t\n")[:1] not in tuple("=+-@＝")


# -------------------------------------------------------------------------- the annotated copy


@lru_cache(maxsize=1)
def assessed() -> tuple[Evaluation, Inside]:
    evaluation = assess(CLEAN).evaluation
    assert evaluation is not None
    return evaluation, inside(CLEAN)


@pytest.mark.slow
@few
@given(texts=st.lists(nasty, min_size=10, max_size=10).map(lambda drawn: [*TRICKS, *drawn]))
def test_in_the_annotated_copy(tmp_path: Path, texts: list[str]) -> None:
    target = tmp_path / "copy.xlsx"
    evaluation, usual = assessed()
    found = [finding(text, "人员资产", f"K{row}") for row, text in enumerate(texts, start=5)]
    annotate(CLEAN, target, [*found, finding(texts[-1])], evaluation, overwrite=True)
    assert violations(target) == []
    assert inside(target) == usual
    book = openpyxl.load_workbook(target)
    rows = list(book["校验结果"].iter_rows(min_row=7))
    assert len(rows) == len(texts) + 1
    assert not [cell for row in rows for cell in row if cell.data_type == "f"]
    noted = [book["人员资产"][f"K{row}"].comment for row in range(5, 5 + len(texts))]
    assert all(note is not None and note.text.startswith("【绩效校验】") for note in noted)


NAMES = ("a' & <b>", "=1+1", "'", "人员!A1", '"x" y', "#REF!")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_sheets_name_leads_only_into_the_workbook(name: str, tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "copy.xlsx"
    quoted = f"'{name.replace(chr(39), chr(39) * 2)}'!"
    replace(source, {'name="人员资产"': f'name="{_xml(name)}"', "人员资产!": _xml(quoted)})
    assessment = assess(source)
    assert assessment.submission is not None
    assert assessment.evaluation is not None
    sheet = assessment.submission.entries["staff_quota"].sheet
    assert sheet == name
    annotate(source, target, [finding("看这里。", sheet, "B5")], assessment.evaluation)
    assert inside(target).links == set()
    link = next(
        cell.hyperlink
        for row in openpyxl.load_workbook(target)["校验结果"].iter_rows()
        for cell in row
        if cell.hyperlink
    )
    assert (link.location, link.target) == (f"{quoted}B5", None)


def replace(target: Path, texts: Mapping[str, str]) -> None:
    """Write the clean sample with markup replaced in all its parts."""
    with zipfile.ZipFile(CLEAN) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            content = old.read(part).decode()
            for before, after in texts.items():
                content = content.replace(before, after)
            new.writestr(part, content, zipfile.ZIP_DEFLATED)


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


# ------------------------------------------------------------------------- text, JSON, templates


@many
@given(text=nasty)
def test_on_a_terminal(capsys: pytest.CaptureFixture[str], text: str) -> None:
    shown = structs.replace(
        record("1", name=text, path=text, findings=(finding(text, text, "A1"), finding(text))),
        annotated=text,
    )
    print_record(shown, None)
    say(text, err=True)
    printed = capsys.readouterr()
    for line in (*printed.out.split("\n"), *printed.err.split("\n")):
        assert line.isprintable() or "\x1b[0m" in line  # Click's own bold, taken off in a pipe
    assert printed.err.count("\n") == 1


@many
@given(text=nasty)
def test_in_json(capsys: pytest.CaptureFixture[str], text: str) -> None:
    given_record = record("1", name=text, path=text, findings=(finding(text, text, text),))
    print_document(STANDARD, {"workbooks": [given_record]})
    printed = capsys.readouterr().out
    assert not ACTING.search(printed)
    assert json.loads(printed)["workbooks"] == json.loads(json.dumps([to_builtins(given_record)]))


@pytest.mark.slow
@few
@given(text=nasty.filter(lambda text: text and len(text) < 32_000))
def test_in_a_prefilled_template(tmp_path: Path, text: str) -> None:
    path = tmp_path / f"{safe_name(text)}.xlsx"
    assert path.parent == tmp_path
    build_template(STANDARD, path, {"unit_name": text}, overwrite=True)
    plain = tmp_path / "plain.xlsx"
    build_template(STANDARD, plain, {"unit_name": "某局"}, overwrite=True)
    assert inside(path) == inside(plain)
    path.unlink()


def test_from_a_file_to_every_output(tmp_path: Path) -> None:
    name = "=cmd|'/c calc'!A0<r>\u202e\x9b31m</r>"
    source, copies = tmp_path / "自评表.xlsx", tmp_path / "out"
    replace(source, {f">{read_submission(CLEAN).text('unit_name')}<": f">{_xml(name)}<"})
    usual = inside(source)
    ran = run("validate", source, "-o", copies)
    assert ran.code in (0, 1)
    assert not ACTING.search(ran.out)
    assert inside(copies / source.name) == usual
    ran = run("consolidate", source, "-o", tmp_path / "汇总.xlsx", "--format", "json")
    assert not ACTING.search(ran.out)
    assert [one["unit_name"] for one in json.loads(ran.out)["departments"]] == [name]
    assert not [one for one in inside(tmp_path / "汇总.xlsx").formulas if "cmd" in one]
