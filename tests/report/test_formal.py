"""What the formal edition says where the sheets, the bureau and the words contradict each other."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tests.report.reading import Read
from tests.submissions import submission
from workbook_tools import evaluate, load_standard, write_report
from workbook_tools.narrative.comparing import Disagreement
from workbook_tools.report.department.contradictions import Contradicted, without
from workbook_tools.scoring import Evaluation

ISSUED = {"unit_code": "0208001", "unit_name": "丹溪县民政局"}


def test_the_formal_edition_prints_issued_texts_as_issued(tmp_path: Path) -> None:
    for place, (changed, typed) in enumerate(
        (("unit_code", "0301001"), ("unit_code", None), ("unit_name", "丹溪县卫健局"))
    ):
        given = submission({**ISSUED, "budget_approved": 100, changed: typed}, issued=ISSUED)
        read = Read(write_report(evaluate(given), tmp_path / f"{place}.docx"))
        assert typed is None or typed not in read.text
        assert read.text.count("0208001") == 2, "on the cover and in the annex"
        assert "丹溪县民政局部门整体支出绩效自评报告" in "".join(read.styled("Title"))


def test_whose_a_report_is_when_code_and_name_were_changed_is_left_open(tmp_path: Path) -> None:
    """It may have been written in the template of another unit."""
    typed = {"unit_code": "0301001", "unit_name": "丹溪县卫健局"}
    given = submission({**typed, "budget_approved": 100}, issued=ISSUED)
    text = Read(write_report(evaluate(given), tmp_path / "a.docx")).text

    assert [one for one in (*ISSUED.values(), *typed.values()) if one in text] == []
    assert "预算单位编码\t资料待更正" in text


def claiming(**claims: object) -> Evaluation:
    """What a department claims that gives itself full marks but for one indicator of 10 points."""
    marks = {f"self_{one.id}": one.weight for one in load_standard().indicators}
    values = {"unit_name": "甲局", **marks, "self_priority_completion": 0, **claims}
    return evaluate(submission(values))


def test_the_formal_cover_claims_what_the_body_adds_up_to(tmp_path: Path) -> None:
    own = claiming(claimed_total=97, claimed_grade="优", narrative_other="总分{claimed_total}。")
    assert own.self_total == 90
    less = claiming(claimed_total=90, claimed_grade="良", self_quality_rate=1)
    read = Read(write_report(own, tmp_path / "a.docx"))
    right = claiming(claimed_total=90, claimed_grade="优")
    working = Read(write_report(own, tmp_path / "b.docx", edition="working"))

    assert "自评总分 90分；自评等次 优。" in read.text
    assert "总分90分。" in read.text
    assert "97" not in read.text
    assert "自评总分 97分" in working.text
    assert less.self_total == 83
    told = Read(write_report(less, tmp_path / "c.docx")).text
    assert "自评总分 83分；自评等次 良。" in told
    one = Read(write_report(right, tmp_path / "d.docx")).text
    assert "自评总分 90分；自评等次 优。" in one


def test_a_claimed_grade_that_is_not_that_of_the_sum_gives_way(tmp_path: Path) -> None:
    own = claiming(claimed_total=97, claimed_grade="优", self_quality_rate=1)
    text = Read(write_report(own, tmp_path / "a.docx")).text
    assert "自评总分 83分；自评等次 良。" in text
    assert "优" not in text.split("评价结果", 1)[1].split("计分表", 1)[0]


def test_a_grade_against_its_total_is_open_where_no_sum_tells(tmp_path: Path) -> None:
    values = {"unit_name": "甲局", "claimed_total": 83, "claimed_grade": "优"}
    text = Read(write_report(evaluate(submission(values)), tmp_path / "a.docx")).text
    assert "自评总分 83分；自评等次 资料待更正。" in text


def funds(**typed: object) -> Evaluation:
    """The national grid: what was spent as ``typed``, all else in 万元."""
    rows = {"total": 416, "fiscal": 400, "carried": 6, "other": 10, "basic": 300, "project": 116}
    values: dict[str, object] = {
        f"funds_{row}_{column}": value
        for row, value in rows.items()
        for column in ("initial", "annual")
    }
    values |= {f"funds_{row}_executed": value for row, value in rows.items()}
    values |= {f"funds_{row}_executed": value for row, value in typed.items()}
    return evaluate(submission(values, standard=load_standard("national-2020")))


def executed(evaluation: Evaluation, folder: Path) -> list[str]:
    rows = Read(write_report(evaluation, folder / "a.docx")).table("全年执行数")
    return [row[3] for row in rows]


def test_the_formal_edition_states_no_amount_of_a_column_in_yuan(tmp_path: Path) -> None:
    """Nothing else measures the parts: the total is in doubt, and they add up to it."""
    yuan = funds(
        total=4_160_000,
        fiscal=4_100_000,
        carried=10_000,
        other=50_000,
        basic=4_120_000,
        project=40_000,
    )
    assert executed(yuan, tmp_path) == ["资料待更正"] * 6


def test_amounts_in_the_scale_of_one_in_doubt_are_in_doubt_without_a_sum(tmp_path: Path) -> None:
    yuan = funds(total=4_160_000, fiscal=4_000_000, carried=60_000, other=9.5)
    assert executed(yuan, tmp_path) == [
        *["资料待更正"] * 3,
        "9.50",
        "300.00",
        "116.00",
    ]


def test_the_amounts_beside_a_single_one_in_yuan_are_stated(tmp_path: Path) -> None:
    stated = ["400.00", "6.00", "10.00", "300.00", "116.00"]
    assert executed(funds(total=4_160_000), tmp_path) == ["资料待更正", *stated]


def test_the_formal_edition_repeats_no_figure_that_the_sheets_contradict(tmp_path: Path) -> None:
    """Whatever else the text says stands; a figure in braces is that of the sheets."""
    spent = {
        "expenditure_total": 1000,
        "expenditure_basic": 800,
        "expenditure_project": 200,
        "unit_name": "甲局",
        "fiscal_year": 2020,
    }
    texts = {
        "narrative_usage": "2020年本年支出合计 1,200 万元，运转正常。",
        "narrative_other": "本年支出合计{expenditure_total}，其中基本支出{expenditure_basic}，"
        "占17.47%，项目支出占20.00%。",
    }
    evaluation = evaluate(submission({**spent, **texts}))
    formal = Read(write_report(evaluation, tmp_path / "a.docx"))
    working = Read(write_report(evaluation, tmp_path / "b.docx", edition="working"))

    assert "2020年本年支出合计 资料待更正，运转正常。" in formal.paragraphs
    assert (
        "本年支出合计1,000.00万元，其中基本支出800.00万元，占资料待更正，项目支出占20.00%。"
    ) in formal.paragraphs
    assert sum("本段文字中有与表中数字不一致之处" in one for one in formal.paragraphs) == 2
    assert "1,200 万元，运转正常" in working.text
    assert "占17.47%" in working.text


def test_a_text_of_which_nobody_knows_the_contradicted_words_is_not_stated() -> None:
    """A number that a name in braces gives as well stands more often where it is filled in."""
    filled = "基本支出8.00万元，占8.00万元"
    found = Disagreement(kind="amount", start=11, end=18, said="", right="")
    told = Contradicted(filled, found)

    assert without(filled, [told]) == "基本支出8.00万元，占资料待更正"
    assert without("基本支出{budget_basic}，占8.00万元", [told]) == "资料待更正"
    words = Contradicted("占五成", Disagreement(kind="share", start=1, end=3, said="", right=""))
    assert without("占五成", [words]) == "占资料待更正", "all the words where there is no number"


def test_what_is_part_of_an_amount_is_told_once(tmp_path: Path) -> None:
    """The rows of the national grid are called 其中 themselves."""
    for edition in ("formal", "working"):
        target = tmp_path / f"{edition}.docx"
        read = Read(write_report(funds(), target, edition=edition))
        head = {row[0]: row[1] for row in read.tables[0]}
        assert "其中：其中：" not in read.text
        assert "\u3000其中：当年财政拨款—年初预算数\t400.00\t96.15%" in read.text
        assert "其中：当年财政拨款\t400.00" in read.text, "in the grid as it is called there"
        assert head["年度预算金额"] == (
            "年度资金总额—年初预算数 416.00 万元。其中，当年财政拨款—年初预算数 400.00 万元"
            "（占 96.15%），上年结转资金—年初预算数 6.00 万元（占 1.44%），"
            "其他资金—年初预算数 10.00 万元（占 2.40%）。"
        )


def test_a_standard_without_amounts_has_no_budget_in_its_head(tmp_path: Path) -> None:
    standard = load_standard("national-2020")
    grids = tuple(msgspec.structs.replace(one, type="number") for one in standard.grids)
    none = msgspec.structs.replace(standard, grids=grids)
    evaluation = evaluate(submission({"unit_name": "甲局"}, standard=none))
    text = Read(write_report(evaluation, tmp_path / "a.docx", findings=())).text
    assert "年度预算金额" not in text
