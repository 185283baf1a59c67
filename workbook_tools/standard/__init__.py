"""The scoring standard as data: its schema, its arithmetic language, and the shipped files."""

from workbook_tools.standard.fingerprint import is_hash_of, standard_hash
from workbook_tools.standard.loader import (
    check_standard,
    list_standards,
    load_standard,
    standard_text,
)
from workbook_tools.standard.model import Standard
from workbook_tools.standard.problems import Problem, StandardError

__all__ = [
    "Problem",
    "Standard",
    "StandardError",
    "check_standard",
    "is_hash_of",
    "list_standards",
    "load_standard",
    "standard_hash",
    "standard_text",
]
