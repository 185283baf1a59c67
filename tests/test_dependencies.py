"""docs/dependencies.md lists what pyproject.toml asks for, no more and no less."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
_RELEASE = re.compile(r"[\d.]+, 20\d\d-\d\d-\d\d")


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "package"]


def asked_for() -> dict[str, str]:
    """Each requirement with its extra or group, "" for what is always needed."""
    project = PROJECT["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    groups |= PROJECT["dependency-groups"]
    groups["build"] = PROJECT["build-system"]["requires"]
    named = {
        re.split(r"[<>=\[; ]", line)[0]: extra for extra, lines in groups.items() for line in lines
    }
    del named["workbook-tools"]  # extras that take in others
    return named


def test_every_dependency_is_listed_with_its_extra() -> None:
    listed = {row[0]: row[1] if len(row) == 5 else "" for row in rows()}
    assert listed == asked_for()
    assert len(rows()) == len(listed)


def test_each_says_what_for_under_which_licence_and_its_last_release() -> None:
    for row in rows():
        *_, reason, licence, release = row
        assert reason, row
        assert re.search(r"BSD|MIT|Apache|MPL|EUPL|PSF", licence), row
        assert _RELEASE.fullmatch(release), row
