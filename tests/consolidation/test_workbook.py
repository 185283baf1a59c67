"""The summary workbook, read back by openpyxl: every number stored, every text a text."""

from __future__ import annotations

import csv
import datetime
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.consolidation.records import LOST, STANDARD, consolidation, record, refused
from tests.lo import recalculate, requires_libreoffice
from workbook_tools.checks import Finding, kind, make
from workbook_tools.consolidation import Consolidation, TargetRefused
from workbook_tools.consolidation.summary.workbook import write_summary

WHEN = datetime.datetime(2021, 4, 2, 9, 30)
SHEETS = ["总览", "排名", "指标得分", "自评差异", "预算汇总", "横向比较", "比率对照", "同类组"]
SHEETS += ["解读敏感性"]
SHEETS += ["问题清单", "缺报与异常", "数据", "_facts", "_meta"]
ACTING = ("=cmd|'/c calc'!A1", "+1+1", "-2", "@SUM(A1)", "\t=1", 'https://x.example/a"b', "{=1}")

LOWER = {"staff_control": {"half_point_steps": "1"}}
"""A reading by which a department of 92 points is no longer 优."""


def finding(number: int = 0) -> Finding:
    return make(
        "self-score-too-high",
        f"自评 10.00 分，复算 9.00 分（{number}）。",
        sheet="计分表",
        cell="K12",
        field=LOST,
        expected="9.00",
        actual="10.00",
    )


def county(folder: Path = Path("/bureau/in")) -> Consolidation:
    """A round whose workbooks stand in a folder; whether they are there or not."""
    money = {"budget_approved": "100.10", "three_public_reception_current_actual": "1.5"}
    more = {"supervising_department": "县教育局", "three_public_overseas_current_actual": "2.25"}
    return consolidation(
        record(
            "101", "98", findings=(finding(),), facts={**money, **more}, path=f"{folder}/101.xlsx"
        ),
        record(
            "102",
            "92.25",
            facts={**money, **more},
            claimed="99",
            readings=LOWER,
            path=f"{folder}/102.xlsx",
        ),
        record(
            "103",
            "92.25",
            review="9.5",
            facts=money,
            findings=(finding(1), finding(2)),
            path=f"{folder}/103.xlsx",
        ),
        record("104", "97", insufficient=("quality_rate",), facts=money, path=f"{folder}/104.xlsx"),
        record("105", facts={**money, "scope": "汇总含所属"}, path=f"{folder}/105.xlsx"),
        record(
            "106", facts={"budget_approved": "7", "parent_code": "105"}, path=f"{folder}/106.xlsx"
        ),
        refused(f"{folder}/坏.xlsx", "坏.xlsx：打不开。"),
    )


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    for name in ("101", "102", "103", "104", "105", "106", "坏"):
        (folder / f"{name}.xlsx").touch()
    return county(folder).write(tmp_path_factory.mktemp("out") / "汇总.xlsx", when=WHEN)


@pytest.fixture(scope="module")
def book(summary: Path) -> Any:
    return openpyxl.load_workbook(summary, data_only=True)


def table(sheet: Any, head: str) -> list[dict[str, Any]]:
    """The rows below the header row that holds this title, as dictionaries."""
    rows = list(sheet.iter_rows(values_only=True))
    start = next(n for n, row in enumerate(rows) if head in row)
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


def test_sheets_stand_in_order_and_identity_is_very_hidden(book: Any) -> None:
    assert book.sheetnames == SHEETS
    assert book["_meta"].sheet_state == "veryHidden"
    assert book.defined_names["meta_summary"].attr_text == "_meta!$A$1:$B$6"
    assert [row[1].value for row in book["_meta"]["A3:B4"]] == [STANDARD.id, STANDARD.version]


def test_the_ranking_has_ranks_ranges_and_reviews(book: Any) -> None:
    rows = {row["单位编码"]: row for row in table(book["排名"], "名次")}
    assert {code: row["名次"] for code, row in rows.items()} == {
        "105": 1,
        "106": 1,
        "103": 3,
        "101": 4,
        "102": 5,
        "104": None,
    }
    assert rows["103"]["得分"] == 99.5
    assert rows["103"]["得分依据"] == "复核"
    assert rows["104"]["得分"] is None
    assert rows["104"]["得分区间"] == "89.00～97.00"
    assert rows["102"]["自评高出"] == 6.75
    assert (rows["103"]["错误"], rows["106"]["警告"]) == (2, 1)


def test_scores_stand_with_weights_means_and_rates(book: Any) -> None:
    rows = table(book["指标得分"], "重点工作办结率")
    weight, mean, rate = rows[:3]
    assert weight["重点工作办结率"] == 10
    assert mean["重点工作办结率"] == pytest.approx((8 + 2.25 + 9.5 + 7 + 10 + 10) / 6)
    assert rate["重点工作办结率"] == pytest.approx(mean["重点工作办结率"] / 10)
    assert mean["质量达标率"] == 8  # the insufficient one is not counted as nothing
    assert weight["得分"] == 100
    incomplete = next(row for row in rows if row["单位编码"] == "104")
    assert incomplete["质量达标率"] == "—"


def test_differences_list_what_the_department_claimed_too_high(book: Any) -> None:
    rows = [row for row in table(book["自评差异"], "自评得分") if row["单位编码"]]
    assert [(row["单位编码"], row["自评高出"], row["方向"]) for row in rows] == [
        ("103", 0.5, "自评偏高"),
        ("101", 2, "自评偏高"),
        ("102", 7.75, "自评偏高"),
        ("104", 3, "自评偏高"),
    ]
    assert "另有 1 项" in book["自评差异"]["A2"].value


def test_money_is_added_up_once_per_group_and_in_all(book: Any, summary: Path) -> None:
    rows = table(book["预算汇总"], "年初批复预算数")
    total, *rest = rows
    assert total["年初批复预算数"] == pytest.approx(5 * 100.10)  # without 106, inside 105
    assert total["本年实际数"] == pytest.approx(5 * 1.5 + 2 * 2.25)
    subtotals = {
        row["单位名称"]: row["年初批复预算数"] for row in rest if "小计" in str(row["单位名称"])
    }
    assert subtotals == {
        "小计：未填主管部门（3 个单位）": pytest.approx(300.3),
        "小计：县教育局（2 个单位）": pytest.approx(200.2),
    }
    formulas = openpyxl.load_workbook(summary)["预算汇总"]
    assert formulas["E5"].value.startswith("=SUBTOTAL(9,E7:E")


def test_findings_lead_to_their_cell_by_a_relative_link(book: Any) -> None:
    sheet = book["问题清单"]
    rows = [row for row in table(sheet, "说明") if row["说明"]]
    assert len(rows) == 1 + 2 + 1  # 101, 103, 106 counted twice
    assert {row["级别"] for row in rows} == {"错误", "警告"}
    links = [link for link in hyperlinks(sheet) if link.location]
    assert {link.location for link in links} == {"'计分表'!K12"}
    assert {re.sub(r"in\d*/", "in/", link.target) for link in links} == {
        f"../in/{code}.xlsx" for code in (101, 103)
    }


def test_findings_are_counted_in_one_way(book: Any) -> None:
    """On 总览, in 排名 and in the list; a file that cannot be read is none of them."""
    cards = dict(zip(texts(book["总览"], 8), texts(book["总览"], 7), strict=True))
    ranked = table(book["排名"], "错误")
    listed = [row["级别"] for row in table(book["问题清单"], "说明") if row["说明"]]
    for severity in ("错误", "警告", "提示"):
        counted = int(cards[f"其中：{severity}"])
        assert counted == listed.count(severity)
        assert counted == sum(row[severity] or 0 for row in ranked if row["单位名称"])
    assert int(cards["问题合计"]) == len(listed)
    files = dict(zip(texts(book["总览"], 5), texts(book["总览"], 4), strict=True))
    assert files["无法读取的文件"] == "1"


def test_no_link_leads_to_a_file_that_is_not_there(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(county().write(tmp_path / "汇总.xlsx", when=WHEN))
    assert not any(link.target for link in hyperlinks(book["问题清单"]))


def test_the_long_table_has_a_row_per_department_and_indicator(book: Any) -> None:
    sheet = book["数据"]
    assert sheet.tables["data_scores"].ref == f"A1:O{6 * len(STANDARD.indicators) + 1}"
    rows = table(sheet, "指标编号")
    assert sum(row["得分"] for row in rows if row["单位编码"] == "103") == pytest.approx(99.5)
    assert {row["状态"] for row in rows} == {"已计算", "资料不足"}


def test_the_overview_counts_and_charts(book: Any, summary: Path) -> None:
    sheet = book["总览"]
    assert sheet["A1"].value == "2020年度部门整体支出绩效自评汇总"
    assert "2021-04-02 09:30" in sheet["A2"].value
    assert STANDARD.title in sheet["A2"].value
    assert STANDARD.id not in sheet["A2"].value
    cards = dict(zip(texts(sheet, 5), texts(sheet, 4), strict=True))
    assert cards["已报送单位"] == "6"
    assert cards["得分完整"] == "5"
    assert cards["名册单位"] == "—"
    assert cards["无法读取的文件"] == "1"
    means = dict(zip(texts(sheet, 8), texts(sheet, 7), strict=True))
    assert means["自评平均分（5 个单位）"] == "99.80"  # not of the one whose total is a range
    assert means["复算平均分（5 个单位）"] == "97.95"
    with zipfile.ZipFile(summary) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 5


def test_claims_are_drawn_against_the_points_of_those_who_have_a_rank(summary: Path) -> None:
    with zipfile.ZipFile(summary) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "chart" in name]
    (scatter,) = [chart for chart in charts if "<c:scatterChart>" in chart]
    ranges = re.findall(r"<c:f>排名!(.*?)</c:f>", scatter)
    assert ranges == ["$E$4:$E$8", "$I$4:$I$8"]  # five of six are complete
    assert "自评总分与得分" in scatter


def test_the_figures_behind_the_charts_stand_below_them(book: Any) -> None:
    below = list(book["总览"].iter_rows(min_row=52, max_col=5, values_only=True))
    figures = {row[0]: row[3:] for row in below if row[0]}
    assert (figures["优"], figures["待定或未填"]) == ((6, 5), (0, 1))
    assert (figures["90–95"], figures["95–100"]) == ((0, 1), (6, 4))
    assert "85–90" not in figures  # nobody has as few
    known = 28 + 22.25 + 29.5 + (4 + 8 + 7) + 30 + 30  # of 104, all but quality_rate's 8 points
    assert figures["产出"] == (1, pytest.approx(known / (6 * 30 - 8)))
    assert figures[kind("self-score-too-high").title][0] == 3
    assert (
        "仍为“优”的 5 个，低于“优”的 0 个，资料不足、等次待定的 1 个" in book["总览"]["A10"].value
    )


def texts(sheet: Any, row: int) -> list[str]:
    return [cell.value for cell in sheet[row] if cell.value is not None]


def test_no_text_of_a_department_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    result = consolidation(
        *(
            record(
                text,
                "92",
                name=text,
                readings=LOWER,
                path=f"/bureau/in/{number}{text}.xlsx",
                facts={"supervising_department": text, "scope": text},
                findings=(
                    make(
                        "self-score-too-high",
                        text,
                        sheet=text,
                        cell="A1",
                        expected=text,
                        actual=text,
                    ),
                ),
            )
            for number, text in enumerate(ACTING)
        )
    )
    path = result.write(tmp_path / "汇总.xlsx", when=WHEN)
    book = openpyxl.load_workbook(path)
    ours = re.compile(
        r"=(?:SUBTOTAL\([29],|AVERAGE\()[A-Z]+\d+:[A-Z]+\d+\)|=(?P<column>[A-Z]+)6/(?P=column)5"
    )
    formulas = [cell.value for cell in cells(book) if cell.data_type == "f"]
    assert [text for text in formulas if not ours.fullmatch(text)] == []
    seen = {cell.value for cell in cells(book) if cell.data_type == "s"}
    assert set(ACTING) <= seen
    targets = [link.target or "" for sheet in book for link in hyperlinks(sheet)]
    assert not any("http" in target or "cmd" in target or "|" in target for target in targets)


def hyperlinks(sheet: Any) -> Iterator[Any]:
    return (cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink)


def cells(book: Any) -> Iterator[Any]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from row


def test_texts_longer_than_a_cell_are_cut_and_halves_of_characters_do_no_harm(
    tmp_path: Path,
) -> None:
    long = make("unreadable", "长" * 40_000)
    odd = make("unreadable", "半个\ud800_x0041_")
    path = consolidation(record("1", findings=(long, odd))).write(tmp_path / "a.xlsx", when=WHEN)
    messages = [row["说明"] for row in table(openpyxl.load_workbook(path)["问题清单"], "说明")]
    assert len(messages[0]) == 32_767
    assert messages[0].endswith("…")
    assert messages[1] == "半个?_x0041_"


def test_the_same_departments_and_time_give_the_same_bytes(tmp_path: Path) -> None:
    first = county().write(tmp_path / "a.xlsx", when=WHEN).read_bytes()
    assert county().write(tmp_path / "b.xlsx", when=WHEN).read_bytes() == first
    later = WHEN + datetime.timedelta(minutes=1)
    assert county().write(tmp_path / "c.xlsx", when=later).read_bytes() != first


def test_a_summary_is_renewed_and_anothers_file_is_not(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    county().write(target, when=WHEN)
    consolidation(record("1")).write(target, when=WHEN)
    target.write_bytes(b"somebody's work")
    with pytest.raises(TargetRefused, match=r"没有覆盖"):
        county().write(target, when=WHEN)
    assert target.read_bytes() == b"somebody's work"
    county().write(target, when=WHEN, overwrite=True)
    assert openpyxl.load_workbook(target).sheetnames == SHEETS


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TargetRefused, match=r"文件夹"):
        county().write(tmp_path / "没有" / "汇总.xlsx")


def test_a_failure_midway_leaves_the_old_summary_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = county().write(tmp_path / "汇总.xlsx", when=WHEN)
    before = target.read_bytes()

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workbook_tools.consolidation.summary.sheets.meta.write", full_disk)
    with pytest.raises(TargetRefused, match=r"磁盘"):
        county().write(target, when=WHEN)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["汇总.xlsx"]


def test_findings_beyond_a_sheet_all_stand_in_a_csv_that_cannot_act(tmp_path: Path) -> None:
    many = (*(finding(n) for n in range(5)), make("unreadable", "=1+1"))
    result = consolidation(record("1", findings=many))
    write_summary(result, tmp_path / "汇总.xlsx", when=WHEN, most_findings=4)
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["问题清单"]
    assert sheet.max_row == 3 + 4
    assert "共 6 条" in sheet["A2"].value
    with (tmp_path / "汇总-问题清单.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert sorted(row["说明"] for row in rows)[0] == "'=1+1"


def test_written_row_by_row_the_sheets_say_the_same(
    tmp_path: Path, summary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook_tools.consolidation.summary.workbook._KEPT_ROWS", 0)
    path = county().write(tmp_path / "汇总.xlsx", when=WHEN)
    assert contents(path) == contents(summary)


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@requires_libreoffice
@pytest.mark.libreoffice
def test_libreoffice_computes_the_stored_results(tmp_path: Path, summary: Path) -> None:
    (again,) = recalculate([summary], tmp_path / "again")
    formulas = openpyxl.load_workbook(summary)
    stored = openpyxl.load_workbook(summary, data_only=True)
    computed = openpyxl.load_workbook(again, data_only=True)
    checked = 0
    for cell in cells(formulas):
        if cell.data_type == "f":
            sheet, place = cell.parent.title, cell.coordinate
            ours, theirs = stored[sheet][place].value, computed[sheet][place].value
            assert theirs == pytest.approx(ours), f"{sheet}!{place} {cell.value}"
            checked += 1
    assert checked > 100
