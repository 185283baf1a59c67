"""The cases worked by hand (see README.md beside this file), loaded for whoever runs them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from workbook_tools.scoring import Status

FOLDER = Path(__file__).parent
T = TypeVar("T")


class WorkedCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One case: what is filled in, and what comes out by the text of the rule."""

    name: str
    given: dict[str, Any]
    status: Status
    arithmetic: str
    tables: dict[str, list[dict[str, Any]]] = {}
    score: Fraction | None = None
    measure: Fraction | None = None


class CaseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cases of one indicator; ``common`` is filled in the same way in all of them."""

    indicator: str
    cases: tuple[WorkedCase, ...]
    common: dict[str, Any] = {}


def load_cases() -> dict[str, CaseFile]:
    """All files, by indicator id. Numbers are exact; a repeated key is an error."""
    files = [read_yaml(path, CaseFile) for path in sorted(FOLDER.glob("*.yaml"))]
    return {file.indicator: file for file in files}


def read_yaml(path: Path, kind: type[T]) -> T:
    """A file of cases as what it should hold, by the same rules."""
    loaded = yaml.load(path.read_bytes(), _Loader)
    return msgspec.convert(loaded, kind, dec_hook=_fraction)


def _fraction(kind: type, value: object) -> Fraction:
    if kind is not Fraction or not isinstance(value, int | str | Fraction):
        raise ValueError(f"{value!r} is no number")
    return Fraction(value)


class _Loader(yaml.SafeLoader):
    """Safe YAML with exact numbers and without repeated keys."""


def _exact(loader: _Loader, node: yaml.ScalarNode) -> Fraction:
    return Fraction(loader.construct_scalar(node))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    pairs = [(loader.construct_object(key), value) for key, value in node.value]
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise ValueError(f"repeated key near {node.start_mark}")
    return {key: loader.construct_object(value, deep=True) for key, value in pairs}


_Loader.add_constructor("tag:yaml.org,2002:float", _exact)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
