"""Hand a workbook's formulas to the interpreter in a process of its own, and take its results."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import msgspec

from workbook_tools.ooxml import Cell, Package, PackageError, open_workbook
from workbook_tools.recalculation.job import Job, TooLargeError, job_for
from workbook_tools.submission.model import Recalculation, Submission

SECONDS = 8
"""Time that a recalculation may take by the clock; a filled template takes a fifth of a second."""

_CHILD = Path(__file__).with_name("interpreter.py")
_Value = float | str | bool | None


def recalculate(submission: Submission, file: Package | None = None) -> Recalculation:
    """What the formulas of the submission's file give, by the names of its result cells.

    ``file``: that file, where it is open already; else it is opened at the submission's path.

    Never raises for what a file provokes: ``failure`` says why there is no result. The inputs are
    those that scoring used. No macro runs and nothing outside the workbook is looked at.
    """
    if find_spec("ironcalc") is None:
        return Recalculation(failure="not-installed")
    try:
        job = job_for(submission, open_workbook(file or submission.path))
        values = _run(job)
    except TooLargeError:
        return Recalculation(failure="too-large")
    except subprocess.TimeoutExpired:
        return Recalculation(failure="too-long")
    except (
        OSError,
        PackageError,
        KeyError,  # a result cell on a sheet that holds no cells
        subprocess.CalledProcessError,
        msgspec.MsgspecError,
    ):
        return Recalculation(failure="failed")
    named = zip(submission.stored, values, strict=True)
    return Recalculation(values={name: _exact(value) for name, value in named})


def _run(job: Job) -> Sequence[_Value]:
    # -P: nothing beside the script is importable, so no module of ours can stand in another's way
    done = subprocess.run(
        [sys.executable, "-P", str(_CHILD)],
        input=msgspec.json.encode(job),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    return msgspec.json.decode(done.stdout, type=list[_Value])


def _exact(value: _Value) -> Fraction | str | None:
    """A result as one read from the file: numbers through their 15 significant digits."""
    match value:
        case bool():
            return str(value).upper()
        case float():
            return Cell("number", value).exact
        case _:
            return value
