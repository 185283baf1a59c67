"""The arithmetic language: what it means, and that nothing else gets in."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.standard.expression import (
    Binary,
    Expression,
    ExpressionError,
    Name,
    Negative,
    NumberLiteral,
    names,
    parse,
    parts,
)

VALUES = {"a": Fraction(3, 7), "budget_total": Fraction(0), "q4": Fraction(-5, 2)}


def value(tree: Expression) -> Fraction:
    match tree:
        case NumberLiteral(value=number):
            return number
        case Name(id=name):
            return VALUES[name]
        case Negative(operand=operand):
            return -value(operand)
        case Binary(operator=operator, left=left, right=right):
            first, second = value(left), value(right)
            match operator:
                case "+":
                    return first + second
                case "-":
                    return first - second
                case "*":
                    return first * second
                case "/":
                    return first / second


NUMBERS = st.decimals("0", "99999", allow_nan=False, places=2).map(str) | st.integers(0, 999).map(
    str
)
TEXTS = st.recursive(
    NUMBERS | st.sampled_from(sorted(VALUES)),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", " - ", "*", " / ", "-"]), inner).map("".join),
        inner.map("({})".format),
        inner.map("-{}".format),
    ),
    max_leaves=12,
)


@given(TEXTS)
def test_an_expression_is_worth_what_python_says(text: str) -> None:
    exact = re.sub(r"(?<![\w.])\d+(\.\d+)?", lambda found: f"F('{found[0]}')", text)
    try:
        expected = eval(exact, {"F": Fraction, **VALUES})
    except ZeroDivisionError:
        expected = None
    try:
        found = value(parse(text))
    except ZeroDivisionError:
        found = None
    assert found == expected


def test_names_come_in_the_order_of_the_text() -> None:
    assert list(names(parse("(b - a) / -a + 0.5 * c"))) == ["b", "a", "a", "c"]


def test_digits_are_taken_as_written() -> None:
    assert parse("0.1") == NumberLiteral(Fraction(1, 10))


REFUSED = """\
a ** 2|a // b|a % b|+a|a.b|a[1]|f(1)|f(a)|'x'|"x"|True|None|1j|1e5|0x10|1_000|.5|1.|a < b|a and b
not a|a if b else c|lambda: a|[a]|(a, b)|{a}|a; b|a = 1|(a := 1)|a b|1 2|a +|(a|a)||  |...|await a
a # b|数|ａ|a＋b|a×b|__import__('os')|f'{a}'|a\\|@a|~a|!a|=a|a,|*a""".replace("\n", "|").split("|")


@pytest.mark.parametrize("text", [*REFUSED, "-" * 990 + "1", "1+" * 400 + "1", "(" * 400, "9" * 20])
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


@pytest.mark.parametrize(("deep", "deeper"), [("-" * 199, "-"), ("1+" * 199, "1+")])
def test_operations_stand_in_each_other_200_deep_and_no_deeper(deep: str, deeper: str) -> None:
    parse(f"{deep}1")
    with pytest.raises(ExpressionError, match="嵌套超过 200 层"):
        parse(f"{deep}{deeper}1")


@pytest.mark.parametrize("text", ["a % 2", "1_0", "2 ** 3"])
def test_a_refusal_quotes_the_text(text: str) -> None:
    said = f"只能有 id、数字、+ - * / 和括号：{text!r}"
    with pytest.raises(ExpressionError, match=re.escape(said)):
        parse(text)


@given(st.text(max_size=60))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with suppress(ExpressionError):
        parse(text)


def test_an_expression_and_all_its_parts() -> None:
    found = [type(one).__name__ for one in parts(parse("-(a + 2) / (b * c)"))]
    assert found == ["Binary", "Negative", "Binary", "Name", "NumberLiteral", *BINARY]


BINARY = ["Binary", "Name", "Name"]


def test_a_text_may_have_a_thousand_characters() -> None:
    longest = "a +".ljust(999) + "b"
    assert list(names(parse(longest))) == ["a", "b"]
    with pytest.raises(ExpressionError, match="超过 1000 个字符"):
        parse(f"{longest}c")
