"""Proof that the template's formulas and the engine, each on its own, follow the same rule."""

from workbook_tools.proof.comparing import TOTALS
from workbook_tools.proof.defects import DEFECTS, Defect
from workbook_tools.proof.inputs import ErrorValue, InputSet, contents
from workbook_tools.proof.running import Proof, WitnessDisagreement, WitnessTally, compare, prove
from workbook_tools.proof.witnesses import WITNESSES, WitnessError

__all__ = [
    "DEFECTS",
    "TOTALS",
    "WITNESSES",
    "Defect",
    "ErrorValue",
    "InputSet",
    "Proof",
    "WitnessDisagreement",
    "WitnessError",
    "WitnessTally",
    "compare",
    "contents",
    "prove",
]
