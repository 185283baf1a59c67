from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator, TranslatorError

from workbook_tools.ooxml import shift, to_a1, tokens

KINDS = [
    ('IF(A1="","",B2)', "function reference operator string separator string separator "
     "reference close"),
    ("'表 1'!$A$1+数据!B:B", "sheet reference operator sheet reference"),
    ("[1]Sheet1!A1", "sheet reference"),
    ("SUM(1:3,in_total,LOG10(2))", "function reference separator name separator function number "
     "close close"),
    ("#REF!+#DIV/0!", "error operator error"),
    ("1.5E-3*-.5%", "number operator operator number operator"),
    ("TRUE&in_a1", "boolean operator name"),
    ("{1,2;3,4}", "open number separator number separator number separator number close"),
    ("表1[[#All],[列 1]]", "table"),
    ("XFE1+A1048577+XFD1048576", "name operator name operator reference"),
    ("A1 B2", "reference space reference"),
    ('"a""b"&"#REF!"', "string operator string"),
    ("_xlfn.IFNA(A1,0)>=A1.B", "function reference separator number close operator name"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "kinds"), KINDS)
def test_each_token_has_its_kind(formula: str, kinds: str) -> None:
    assert [token.kind for token in tokens(formula)] == kinds.split()


@given(st.text())
def test_tokens_joined_are_the_formula(formula: str) -> None:
    assert "".join(token.text for token in tokens(formula)) == formula


columns = st.integers(1, 200)
rows = st.integers(1, 400)
dollar = st.sampled_from(["", "$"])


@st.composite
def references(draw: st.DrawFn) -> str:
    prefix = draw(st.sampled_from(["", "Sheet1!", "'表 1'!", "数据!", "[1]Sheet2!"]))
    ends = []
    shape = draw(st.sampled_from(["cell", "range", "columns", "rows"]))
    for _ in range(1 if shape == "cell" else 2):
        column = draw(dollar) + to_a1(1, draw(columns))[:-1]
        row = draw(dollar) + str(draw(rows))
        ends.append({"columns": column, "rows": row}.get(shape, column + row))
    return prefix + ":".join(ends)


@st.composite
def formulas(draw: st.DrawFn) -> str:
    terms = st.one_of(
        references(),
        references().map(lambda text: f"ROUND(SUM({text},in_total),2)"),
        st.sampled_from(['"A1 和 $B$2"', "12.5", "in_budget", "TRUE", "LOG10(100)", "#N/A"]),
    )
    operators = st.sampled_from(["+", "*", "&", "<=", ","])
    text = draw(terms)
    for _ in range(draw(st.integers(0, 4))):
        text += draw(operators) + draw(terms)
    return f"IF({text})"


@given(formulas(), st.integers(-30, 300), st.integers(-20, 100))
def test_a_moved_formula_is_what_openpyxl_makes_of_it(formula: str, down: int, right: int) -> None:
    origin = (600, 300)
    target = to_a1(origin[0] + down, origin[1] + right)
    translator = Translator("=" + formula, origin=to_a1(*origin))
    try:
        expected = translator.translate_formula(target)
    except TranslatorError:  # a reference leaves the grid
        assert "#REF!" in shift(formula, down, right)
    else:
        assert "=" + shift(formula, down, right) == expected


@pytest.mark.parametrize(
    ("formula", "down", "right", "moved"),
    [
        ("A1+$A$1", -1, 0, "#REF!+$A$1"),
        ("XFD1", 0, 1, "#REF!"),
        ("A1:A1048576", 1, 0, "A2:#REF!"),
        ("1:1048576", 1, 0, "#REF!"),
        ("$A1:B$2", 3, 2, "$A4:D$2"),
        ("'A1'!A1", 1, 1, "'A1'!B2"),
        ('IF(A1="A1",1,A1)', 1, 0, 'IF(A2="A1",1,A2)'),
    ],
)
def test_edges_of_moving(formula: str, down: int, right: int, moved: str) -> None:
    assert shift(formula, down, right) == moved
