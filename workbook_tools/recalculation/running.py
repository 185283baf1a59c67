"""Hand a workbook's formulas to the interpreter in a process of its own, and take its results."""

from __future__ import annotations

from fractions import Fraction
from importlib.util import find_spec

import msgspec

from workbook_tools.ooxml import Cell, Package, PackageError, open_workbook
from workbook_tools.recalculation.job import TooLargeError, job_for
from workbook_tools.submission.model import Recalculation, Submission

SECONDS = 8
"""Time that a recalculation may take by the clock; a filled template takes a tenth of a
second, the first one of a process twice that."""

_Value = float | str | bool | None


def recalculate(submission: Submission, file: Package | None = None) -> Recalculation:
    """What the formulas of the submission's file give, by the names of its result cells.

    ``file``: that file, where it is open already; else it is opened at the submission's path.

    Never raises for what a file provokes: ``failure`` says why there is no result. The inputs are
    those that scoring used. No macro runs and nothing outside the workbook is looked at.
    """
    if find_spec("ironcalc") is None:
        return Recalculation(failure="not-installed")
    from workbook_tools.recalculation import process  # most workbooks need none
    from workbook_tools.recalculation.process import BrokenInterpreterError

    try:
        job = job_for(submission, open_workbook(file or submission.path))
        answer = process.calculated(msgspec.json.encode(job), SECONDS)
        values = msgspec.json.decode(answer, type=list[_Value])
    except TooLargeError:
        return Recalculation(failure="too-large")
    except TimeoutError:
        return Recalculation(failure="too-long")
    except (
        OSError,
        PackageError,
        KeyError,  # a result cell on a sheet that holds no cells
        BrokenInterpreterError,
        msgspec.MsgspecError,
    ):
        return Recalculation(failure="failed")
    named = zip(submission.stored, values, strict=True)
    return Recalculation(values={name: _exact(value) for name, value in named})


def _exact(value: _Value) -> Fraction | str | None:
    """A result as one read from the file: numbers through their 15 significant digits."""
    match value:
        case bool():
            return str(value).upper()
        case float():
            return Cell("number", value).exact
        case _:
            return value
