"""Which unit a workbook, a blank template and a file that cannot be read are of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.consolidation.records import consolidation, outcome, record, refused
from workbook_tools.consolidation import Consolidation, Notice, Outcome, PassedOver
from workbook_tools.consolidation.round.units import Units
from workbook_tools.intake.roster import Roster, RosterRow

UNITS = {
    "002": "青山县财政局",
    "003": "青山县教育局",
    "005": "青山县民政局",
    "101001": "青山县水利局",
}
ROSTER = Roster(
    path=Path("名册.csv"),
    rows=tuple(
        RosterRow(row=n, unit_code=code, unit_name=name, office="", values={})
        for n, (code, name) in enumerate(UNITS.items(), start=2)
    ),
)


def of(result: Consolidation, kind: str) -> list[Notice]:
    return [notice for notice in result.notices if notice.kind == kind]


def sent(code: str, name: str, *, issued: str = "", path: str = "/in/a.xlsx") -> Outcome:
    return outcome(record(code, name=name, path=path), issued_code=issued)


WAYS = {
    # (code, name, issued code): (the unit it is, words of the one line that says how)
    ("002", "青山县财政局", ""): ("002", ""),
    ("2", "青山县财政局", ""): ("002", "前面的 0"),
    ("00002", "青山县财政局", ""): ("002", "前面的 0"),
    ("", "青山县财政局", "002"): ("002", "下发模板时预填的编码"),
    ("999", "青山县财政局", "002"): ("002", "下发模板时预填的编码"),
    ("", "青山县财政局", ""): ("002", "名册中的单位名称"),
    ("999", "青山县 财政局", ""): ("002", "名册中的单位名称"),
    ("999", "青山县财局", "002"): ("002", "下发模板时预填的编码"),
    ("003", "青山县财政局", "002"): ("002", "下发模板时预填的编码"),
    ("003", "青山县财局", "002"): ("002", "下发模板时预填的编码"),
    ("", "青山县新局", "002"): ("002", "下发模板时预填的编码"),
    ("999", "青山县新局", "002"): ("002", "下发模板时预填的编码"),
    ("999", "青山县新局", "2"): ("002", "下发模板时预填的编码"),
    ("003", "青山县教育局", "002"): ("003", "模板是下发给 002 青山县财政局的"),
    ("003", "教育局（本级）", "002"): ("003", "模板是下发给 002 青山县财政局的"),
    ("003", "青山县教育局", "777"): ("003", ""),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_unit_is_known_by_its_code_and_else_said_how(way: tuple[str, str, str]) -> None:
    code, how = WAYS[way]
    result = consolidation(sent(way[0], way[1], issued=way[2]), roster=ROSTER)
    assert [item.code for item in result.departments] == [code]
    assert [notice.unit_code for notice in of(result, "missing")] == [
        one for one in UNITS if one != code
    ]
    assert of(result, "not-on-roster") == []
    told = of(result, "code-differs")
    assert len(told) == bool(how)
    for notice in told:
        assert how in notice.reason
        assert code in notice.reason


@pytest.mark.parametrize("way", [("999", "青山县新局"), ("1001", "青山县新局")])
def test_what_nothing_speaks_for_is_a_unit_of_its_own(way: tuple[str, str]) -> None:
    result = consolidation(sent(*way), roster=ROSTER)
    assert [item.code for item in result.departments] == [way[0]]
    assert len(of(result, "not-on-roster")) == 1


RIVALS = {
    # what came beside 999 青山县新局 in a template issued to 002: who is counted
    "the unit itself": ([("002", "青山县财政局", "002")], ["002", "999"]),
    "another in the same template": ([("998", "青山县旧局", "002")], ["998", "999"]),
    "its own other version": ([("997", "青山县新局", "002")], ["002"]),
    "nobody": ([], ["002"]),
}


@pytest.mark.parametrize("rivals", RIVALS)
def test_a_template_alone_does_not_take_the_place_of_others(rivals: str) -> None:
    beside, codes = RIVALS[rivals]
    result = consolidation(
        *(sent(*way[:2], issued=way[2], path=f"/in/{way[0]}.xlsx") for way in beside),
        sent("999", "青山县新局", issued="002", path="/in/新局.xlsx"),
        roster=ROSTER,
    )
    assert sorted(item.code for item in result.departments) == codes


def test_a_blank_template_is_no_rival() -> None:
    blank = outcome(
        record("002", name="青山县财政局", path="/in/空.xlsx"), issued_code="002", blank=True
    )
    for other in (sent("999", "青山县新局", issued="002"), sent("999", "青山县财政局")):
        result = consolidation(blank, other, roster=ROSTER)
        assert [item.code for item in result.departments] == ["002"]


def test_a_unit_that_was_given_anothers_template_is_told_what_to_do() -> None:
    result = consolidation(sent("003", "青山县教育局", issued="002"), roster=ROSTER)
    (notice,) = of(result, "code-differs")
    assert notice.reason.startswith("自评表填写的编码是“003”，已按填写的编码和名称")
    assert "换用下发给它的模板" in notice.advice
    assert "改为" not in notice.advice


@pytest.mark.parametrize("code", ["", "999"])
def test_a_name_alone_is_a_duplicate_of_who_has_the_code_and_never_takes_its_place(
    code: str,
) -> None:
    result = consolidation(
        outcome(record(code, name="青山县财政局", path="/in/b.xlsx"), modified=2),
        outcome(record("002", name="青山县财政局", path="/in/a.xlsx"), modified=1),
        roster=ROSTER,
    )
    assert [item.record.path for item in result.departments] == ["/in/a.xlsx"]
    (twice,) = of(result, "duplicate")
    assert (twice.unit_code, twice.path) == ("002", "/in/b.xlsx")
    assert "已采用编码相符的 in/a.xlsx（本表只有名称与 002 相符）" in twice.reason
    (how,) = of(result, "code-differs")
    assert how.reason.endswith("认定为 002。")
    assert of(result, "no-code") == of(result, "not-on-roster") == []


def test_of_two_that_have_only_the_name_the_newer_counts() -> None:
    no_day = {"prepared_on": ""}
    result = consolidation(
        outcome(record("", name="青山县财政局", path="/in/a.xlsx", facts=no_day), modified=1),
        outcome(record("999", name="青山县财政局", path="/in/b.xlsx", facts=no_day), modified=2),
        roster=ROSTER,
    )
    assert [(item.code, item.record.path) for item in result.departments] == [("002", "/in/b.xlsx")]
    (twice,) = of(result, "duplicate")
    assert "已采用较新的 in/b.xlsx（都没有填报日期，该文件保存时间较新）" in twice.reason
    assert [one.reason.endswith("计入汇总。") for one in of(result, "code-differs")] == [
        False,
        True,
    ]


def test_a_name_that_two_units_of_the_roster_bear_tells_neither() -> None:
    rows = [
        RosterRow(row=2, unit_code=c, unit_name="某局", office="", values={}) for c in ("02", "03")
    ]
    result = consolidation(
        sent("02", "某局", path="/in/a.xlsx"),
        sent("", "某局", path="/in/b.xlsx"),
        roster=Roster(path=Path("r.csv"), rows=tuple(rows)),
    )
    assert [item.code for item in result.departments] == ["02", ""]


def test_of_two_with_a_code_the_one_with_anothers_name_is_that_units() -> None:
    """The construction bureau typed the finance bureau's code; nobody else reports for it."""
    result = consolidation(
        sent("002", "青山县财政局", path="/in/a.xlsx"),
        sent("002", "青山县教育局", path="/in/b.xlsx"),
        roster=ROSTER,
    )
    assert sorted(item.code for item in result.departments) == ["002", "003"]
    (notice,) = of(result, "code-differs")
    assert "编码是另一单位的" in notice.reason
    assert of(result, "duplicate") == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("医保局自评.et", "005"),
        ("财政局民政局.xls", None),  # either fits as well
        ("2020年/3 医保局.xls", "005"),
        ("医局.xls", None),  # too short to say
        ("医疗局自评.et", "005"),
        ("保医局.xls", None),
        ("县卫健委自评.xls", None),
    ],
)
def test_a_file_is_known_by_a_short_form_of_its_units_name(path: str, code: str | None) -> None:
    named = {"005": "青山县医疗保障局", "006": "青山县财政局", "007": "青山县民政局"}
    rows = tuple(
        RosterRow(row=2, unit_code=one, unit_name=name, office="", values={})
        for one, name in named.items()
    )
    found = Units(Roster(path=Path("r.csv"), rows=rows)).guess(path)
    assert (found and found.unit_code) == code


BRACKETED = {
    "001": "青山县财政局（本级）",
    "002": "青山县水利局（本级）",
    "003": "青山县教育局（本级）",
    "004": "青山县教育局（汇总）",
    "005": "青山县民政局",
    "006": "青山县民政局（二级）",
    "007": "青山县医疗保障局(本级)",
}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("青山县水利局.xls", "002"),
        ("水利局.xls", "002"),
        ("水利局（终稿）.xls", "002"),
        ("县财政局（本级）自评.et", "001"),
        ("医保局.xls", "007"),
        ("教育局.xls", None),
        ("教育局(汇总).xls", "004"),
        ("青山县教育局（本级）.ods", "003"),
        ("民政局.xls", "005"),
        ("民政局（二级）.xls", "006"),
    ],
)
def test_what_stands_in_brackets_need_not_be_in_a_files_name(path: str, code: str | None) -> None:
    rows = tuple(
        RosterRow(row=2, unit_code=one, unit_name=name, office="", values={})
        for one, name in BRACKETED.items()
    )
    found = Units(Roster(path=Path("r.csv"), rows=rows)).guess(path)
    assert (found and found.unit_code) == code


def test_of_two_units_with_a_name_but_for_its_brackets_the_whole_name_tells() -> None:
    rows = tuple(
        RosterRow(row=2, unit_code=one, unit_name=name, office="", values={})
        for one, name in BRACKETED.items()
    )
    for name, code in (("青山县教育局（汇总）", "004"), ("青山县教育局", "003")):
        result = consolidation(
            sent("004", name, issued="003"), roster=Roster(path=Path("r.csv"), rows=rows)
        )
        assert [item.code for item in result.departments] == [code]


def test_two_codes_that_differ_in_zeros_are_no_guess_where_both_are_known() -> None:
    rows = [RosterRow(row=2, unit_code=c, unit_name=c, office="", values={}) for c in ("02", "002")]
    result = consolidation(sent("2", "某局"), roster=Roster(path=Path("r.csv"), rows=tuple(rows)))
    assert [item.code for item in result.departments] == ["2"]


def test_without_a_roster_the_same_unit_written_twice_is_one() -> None:
    result = consolidation(
        sent("002", "青山县财政局", path="/in/a.xlsx"),
        sent("2", "青山县财政局", path="/in/b.xlsx"),
        sent("2", "另一个县的局", path="/in/c.xlsx"),
    )
    assert sorted(item.code for item in result.departments) == ["002", "2"]
    assert len(of(result, "duplicate")) == 1
    assert len(of(result, "code-differs")) == 1


def test_a_parent_is_known_by_a_code_without_its_zeros() -> None:
    whole = record("003", facts={"scope": "汇总含所属"})
    below = record("004", facts={"parent_code": "3"})
    result = consolidation(whole, below)
    assert [item.included_in for item in result.departments] == ["", "单位003"]
    assert [one.name for one in result.departments[1].findings] == ["counted-twice"]


def test_a_blank_template_is_no_report() -> None:
    blank = outcome(record("005", name="青山县民政局", path="/in/005.xlsx"), blank=True)
    nobody = outcome(record("", name="", path="/in/空表.xlsx"), blank=True)
    result = consolidation(record("002", name="青山县财政局"), blank, nobody, roster=ROSTER)
    assert [item.code for item in result.departments] == ["002"]
    assert result.ranking["rank"].tolist() == [1]
    assert [(n.unit_code, n.path) for n in of(result, "blank-template")] == [
        ("005", "/in/005.xlsx"),
        ("", "/in/空表.xlsx"),
    ]
    missing = {notice.unit_code: notice for notice in of(result, "missing")}
    assert missing.keys() == {"003", "005", "101001"}
    assert "交来空白模板：005.xlsx" in missing["005"].reason
    assert "空白模板" not in missing["003"].reason


def test_a_blank_template_does_not_supersede_a_report() -> None:
    report = outcome(record("005", name="青山县民政局", path="/in/a.xlsx"), modified=1)
    blank = outcome(record("005", name="青山县民政局", path="/in/b.xlsx"), modified=2, blank=True)
    result = consolidation(report, blank, roster=ROSTER)
    (told,) = of(result, "blank-template")
    assert "另有填好的一份，已采用 a.xlsx" in told.reason
    assert "视同未报送" not in told.reason
    assert told.advice.startswith("不必重新报送")
    assert [item.record.path for item in result.departments] == ["/in/a.xlsx"]
    assert of(result, "duplicate") == []


FILES = {
    "/in/002 青山县财政局.xls": "002",
    "/in/财政局自评表.et": "002",
    "/in/教育局/自评表.ods": "003",
    "/in/101001.rar": "101001",
    "/in/101001_终稿.xls": "101001",
    "/in/２０２０年自评表 １０１００１.xls": "101001",
    "/in/2020年自评表（2）.xls": "",
    "/in/1010012.xls": "",
    "/in/自评表.xls": "",
}


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_cannot_be_read_is_brought_together_with_the_missing_unit(path: str) -> None:
    others = record("777", name="别处", path="/in/某处/777.xlsx")
    result = consolidation(others, refused(path, "是旧格式。"), roster=ROSTER)
    (notice,) = of(result, "refused")
    assert notice.unit_code == FILES[path]
    missing = {one.unit_code: one.reason for one in of(result, "missing")}
    told = [code for code, reason in missing.items() if Path(path).name in reason]
    assert told == ([FILES[path]] if FILES[path] else [])


def test_a_year_in_a_file_name_is_no_code() -> None:
    row = RosterRow(row=2, unit_code="2020", unit_name="某局", office="", values={})
    roster = Roster(path=Path("r.csv"), rows=(row,))
    for name, code in (("2020年自评表.xls", ""), ("2020 自评表.xls", "2020")):
        result = consolidation(refused(f"/in/{name}", "是旧格式。"), roster=roster)
        assert of(result, "refused")[0].unit_code == code


def test_the_folders_above_the_round_name_nobody() -> None:
    in_bureau = "/青山县财政局/报送/坏.xls"
    others = record("777", name="别处", path="/青山县财政局/报送/b/777.xlsx")
    result = consolidation(others, refused(in_bureau, "是旧格式。"), roster=ROSTER)
    assert of(result, "refused")[0].unit_code == ""


def test_a_passed_over_file_is_brought_together_when_a_person_sent_it() -> None:
    files = (
        PassedOver(Path("/in/101001 青山县水利局.pdf"), "不是 .xlsx 工作簿。", sent=True),
        PassedOver(Path("/in/~$005 青山县民政局.xlsx"), "锁定文件。"),
    )
    result = consolidation(passed_over=files, roster=ROSTER)
    missing = {one.unit_code: one for one in of(result, "missing")}
    assert "101001 青山县水利局.pdf" in missing["101001"].reason
    assert "~$" not in missing["005"].reason


def test_copies_that_are_equal_byte_by_byte_are_called_so_and_others_by_their_folder() -> None:
    def at(path: str, digest: str, modified: float) -> Outcome:
        return outcome(record("1", path=path), digest=digest, modified=modified)

    result = consolidation(
        at("/in/一/自评表.xlsx", "a", 3),
        at("/in/二/自评表.xlsx", "a", 2),
        at("/in/三/自评表.xlsx", "b", 1),
        at("/in/四/自评表.xlsx", "b", 1),
    )
    told = {Path(one.path).parent.name: one.reason for one in of(result, "duplicate")}
    assert told.keys() == {"二", "三", "四"}
    assert "与 一/自评表.xlsx 逐字节相同" in told["二"]
    assert "已采用较新的 一/自评表.xlsx" in told["三"]
    assert "与 三/自评表.xlsx 逐字节相同" in told["四"]


def test_the_folder_is_named_where_it_is_the_one_of_all_files() -> None:
    result = consolidation(
        outcome(record("1", path="/报送/自评表.xlsx"), modified=2),
        outcome(record("1", path="/报送/旧/自评表.xlsx"), modified=1),
    )
    assert "报送/自评表.xlsx" in of(result, "duplicate")[0].reason
