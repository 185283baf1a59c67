"""What ``validate`` and ``demo`` print: a few lines per workbook, or JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import click
import msgspec

from workbook_tools.assessment import Record, Totals
from workbook_tools.checks import Finding
from workbook_tools.checks.finding import SEVERITY_NAMES, SEVERITY_ORDER
from workbook_tools.figures import points
from workbook_tools.standard import Standard, standard_hash

SCHEMA_VERSION = 1
_COLOURS = {"error": "red", "warning": "yellow", "info": None}


class _Identity(msgspec.Struct, frozen=True):
    id: str
    version: str
    hash: str


class _Document(msgspec.Struct, frozen=True):
    schema_version: int
    standard: _Identity
    workbooks: Sequence[Record]


def as_json(records: Sequence[Record], standard: Standard) -> str:
    """The outcome of a run as stable JSON; numbers are decimal strings."""
    identity = _Identity(standard.id, standard.version, standard_hash(standard))
    document = _Document(SCHEMA_VERSION, identity, records)
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def print_record(record: Record, most: int | None) -> None:
    """Print one workbook: who, scores, how many findings, and the worst ``most`` of them."""
    click.echo(click.style(f"● {record.unit_name or '（未识别单位）'}", bold=True), nl=False)
    click.echo(f"  {record.path}")
    if record.total:
        click.echo(f"  {_scores(record.total)}")
    click.echo(f"  {counts(record.findings)}")
    if record.annotated:
        click.echo(f"  批注副本：{record.annotated}")
    worst = sorted(record.findings, key=lambda one: SEVERITY_ORDER[one.severity])
    for finding in worst[:most]:
        label = click.style(SEVERITY_NAMES[finding.severity], fg=_COLOURS[finding.severity])
        click.echo(f"    {label} {finding.code} {one_line(finding.message)}")
    if most is not None and len(worst) > most:
        click.echo(f"    …… 另有 {len(worst) - most} 条，见批注副本，或加 --all 全部列出")


def counts(findings: Sequence[Finding]) -> str:
    """How many findings of each severity: ``错误 3  警告 1  提示 2``."""
    number = Counter(finding.severity for finding in findings)
    return "  ".join(f"{name} {number[severity]}" for severity, name in SEVERITY_NAMES.items())


def one_line(text: str) -> str:
    """The text without line breaks and control characters, which a workbook could have sent."""
    return "".join(c if c.isprintable() else " " for c in text)


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
    if total.score is not None:
        return _scored(total.score, total.grade)
    grade = f"（{total.grade}）" if total.grade else "（资料不全，暂不评级）"
    return f"{_points(total.low)}～{_points(total.high)}{grade}"


def _scored(number: str, grade: str | None) -> str:
    return f"{_points(number)}（{grade}）" if grade else _points(number)


def _points(number: str) -> str:
    return points(Fraction(number))
