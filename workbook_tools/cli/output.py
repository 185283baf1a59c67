"""What ``validate`` and ``demo`` print: a few lines per workbook."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import click

from workbook_tools.assessment import Record, Totals
from workbook_tools.checks import Finding, is_blank
from workbook_tools.cli.terminal import display_width, one_line, wrapped
from workbook_tools.presentation.points import (
    places_on_record,
    score_in_words,
    total_in_words,
)
from workbook_tools.presentation.severities import severities, severities_in_words
from workbook_tools.presentation.telling import Told, told
from workbook_tools.standard.severity import SEVERITY_NAMES

_COLOURS = {"error": "red", "warning": "yellow", "info": None}
_WIDEST = 120  # columns; longer lines are hard to read


def say(text: str, *, err: bool = False) -> None:
    """Print one line; control characters, which a workbook could have sent, become spaces."""
    click.echo(one_line(text), err=err)


def say_left_columns(headings: Sequence[str]) -> None:
    """Name the columns of a roster that are not used, so that a slip of the pen is seen."""
    if headings:
        say(f"名册中没有用到的列：{'、'.join(headings)}。", err=True)


def print_record(record: Record, most: int | None) -> None:
    """Print one workbook: who, scores, how many findings, and the worst of them.

    ``most`` errors and warnings, without hints; None: everything.
    """
    name = click.style(f"● {one_line(record.unit_name) or '（未识别单位）'}", bold=True)
    click.echo(f"{name}  {one_line(record.path)}")
    if record.total and not is_blank(record.findings):
        say(f"  {_scores(record.total)}")
    say(f"  {counts(record.findings)}")
    if record.annotated:
        say(f"  批注副本：{record.annotated}")
    worst = told(record.findings)
    if most is not None:
        worst = [one for one in worst if one.finding.severity != "info"]
    for one in worst[:most]:
        _print_finding(one)
    if most is not None and len(worst) > most:
        where = "见批注副本" if record.annotated else "加 --all 全部列出"
        left = severities(one.finding for one in worst[most:])
        listed = severities_in_words(left, between="、")
        say(f"    …… 另有{listed}，{where}")


def counts(findings: Sequence[Finding]) -> str:
    """How many findings of each severity: ``错误 3  警告 1  提示 2``; ``没有问题`` if none."""
    return severities_in_words(severities(findings), unit="", between="  ") or "没有问题"


def _print_finding(one: Told) -> None:
    finding, before = one.finding, "└ " if one.under else ""
    severity = SEVERITY_NAMES[finding.severity]
    label = click.style(severity, fg=_COLOURS[finding.severity])
    hang = display_width(f"    {severity} {finding.code} ")
    text = before + one_line(located(finding, one.text))
    lines = wrapped(text, _columns() - hang) if sys.stdout.isatty() else [text]
    click.echo(f"    {label} {finding.code} " + f"\n{' ' * hang}".join(lines))


def located(finding: Finding, text: str) -> str:
    """The text, with sheet and cell before it: ``计分表!I7（…）为 5.00 分，…``."""
    if not finding.cell:
        return text
    if text.startswith(finding.cell):
        return f"{finding.sheet}!{text}"
    return f"{finding.sheet}!{finding.cell}：{text}"


def _columns() -> int:
    return min(shutil.get_terminal_size().columns, _WIDEST)


def _scores(total: Totals) -> str:
    parts = [f"复算 {_ours(total)}"]
    if total.self is not None:
        parts.append(f"自评合计 {_scored(total.self, total.grade_self)}")
    if total.claimed is not None:
        parts.append(f"填报总分 {_scored(total.claimed, total.grade_claimed)}")
    if total.review is not None:
        parts.append(f"复核 {_scored(total.review, total.grade_review)}")
    return "  ".join(parts)


def _ours(total: Totals) -> str:
    grade = total.grade or ("" if total.score is not None else "资料不全，暂不评级")
    return _graded(total_on_record(total), grade)


def _scored(number: str, grade: str | None) -> str:
    return _graded(score_in_words(number, places_on_record(number)), grade)


def _graded(points: str, grade: str | None) -> str:
    return f"{points}（{grade}）" if grade else points


def total_on_record(total: Totals) -> str:
    """Our total, with as many decimals as the record has: it names no standard."""
    places = places_on_record(total.low, total.high)
    return total_in_words(total.score, total.low, total.high, places)
