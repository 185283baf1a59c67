"""What one workbook from the shell does not wait for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.shell import CLEAN, environment
from workbook_tools.standard import compiled, load_standard, loader

NOT_LOADED = frozenset(
    {
        "lxml",
        "multiprocessing",
        "numpy",
        "openpyxl",
        "pandas",
        "sqlite3",
        "workbook_tools.annotation",
        "workbook_tools.conversion.libreoffice",
        "workbook_tools.standard.lint",
        "xlsxwriter",
        "yaml",
    }
)


@pytest.mark.untraced
def test_one_workbook_loads_no_more_than_it_needs() -> None:
    name = "hunan-county-2020"
    compiled.keep(loader._FOLDER / f"{name}.yaml", load_standard(name))
    script = (
        "import sys\nfrom workbook_tools.cli import top_level\n"
        "top_level(sys.argv[1:], standalone_mode=False)\nprint(*sys.modules)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", script, "validate", str(CLEAN)],
        capture_output=True,
        env=environment({}),
        check=True,
    )

    loaded = set(ran.stdout.decode().splitlines()[-1].split())
    assert "workbook_tools.checks" in loaded
    assert not loaded & NOT_LOADED
