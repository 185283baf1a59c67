"""Whatever people type into any cells, the checks answer, and only with what is true."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.builder import STANDARD, Change, evaluated
from workbook_tools.checks import check, kind
from workbook_tools.standard.contract import fields

FIELDS = sorted(fields(STANDARD))
CONTENTS: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.integers(-10, 10_000_000),
    st.decimals(-100_000, 100_000, places=3).map(float),
    st.sampled_from(
        [0, 1, 2, "", " ", "是", "否", "是 ", "不涉及", "优", "未完成", "1,200", "５", "约5"]
    ),
    st.sampled_from([{"error": "#DIV/0!"}, {"formula": "A1"}, {"formula": "A1", "value": 3}]),
)
ROWS = st.dictionaries(
    st.integers(0, 4),
    st.dictionaries(
        st.sampled_from(sorted({one.id for table in STANDARD.tables for one in table.columns})),
        CONTENTS,
    ),
)
CHANGES = st.builds(
    Change,
    fields=st.dictionaries(st.sampled_from(FIELDS), CONTENTS, max_size=25),
    rows=st.dictionaries(st.sampled_from([table.id for table in STANDARD.tables]), ROWS),
)


@settings(deadline=None, max_examples=60)
@given(CHANGES)
def test_every_content_is_answered(change: Change) -> None:
    submission, evaluation = evaluated(change)
    found = check(submission, evaluation)
    assert len({(one.name, one.sheet, one.cell, one.field) for one in found}) == len(found)
    for finding in found:
        assert kind(finding.code).name == finding.name
        assert finding.sheet in ("", *submission.origin.sheets)
        assert finding.sheet or not finding.cell
    unusable = {entry.field for entry in submission.entries.values() if entry.problem}
    assert unusable <= {one.field for one in found}
    insufficient = {one.indicator for one in evaluation.results.values() if one.score is None}
    unsupported = {one.field for one in found if one.name == "self-score-unsupported"}
    assert unsupported <= {f"self_{one}" for one in insufficient}
    unblamed = {"formula-value-differs", "formula-overwritten", "formula-altered", "name-missing"}
    assert not unblamed & {one.name for one in found}  # nobody touched a result
