"""The long table as Parquet, read back by pyarrow."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow.parquet
import pytest

from tests.cli.shell import CLEAN, run
from tests.consolidation.records import STANDARD, consolidation, record
from workbook_tools.consolidation import TargetRefused
from workbook_tools.consolidation.summary.parquet import write_data


def test_the_rows_of_the_sheet_stand_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook_tools.consolidation.summary.parquet._ROWS", 20)  # several groups
    result = consolidation(record("001", "98.5"), record("2", "97", insufficient=("quality_rate",)))
    write_data(result, tmp_path / "长表.parquet")
    rows = pyarrow.parquet.read_table(tmp_path / "长表.parquet").to_pylist()
    assert len(rows) == 2 * len(STANDARD.indicators)
    assert list(rows[0]) == list(result.data.columns)
    assert sum(row["score"] for row in rows if row["unit_code"] == "001") == pytest.approx(98.5)
    missing = [row for row in rows if row["score"] is None]
    assert [(row["unit_code"], row["indicator_id"]) for row in missing] == [("2", "quality_rate")]


def test_an_older_table_is_renewed_and_anothers_file_is_not(tmp_path: Path) -> None:
    target = tmp_path / "长表.parquet"
    write_data(consolidation(record("1"), record("2")), target)
    write_data(consolidation(record("1")), target)
    assert pyarrow.parquet.read_table(target).num_rows == len(STANDARD.indicators)
    target.write_text("somebody's")
    with pytest.raises(TargetRefused, match=r"没有覆盖"):
        write_data(consolidation(record("1")), target)


def test_the_command_line_writes_it_beside_the_summary(tmp_path: Path) -> None:
    target = tmp_path / "长表.parquet"
    run("consolidate", CLEAN, "-o", tmp_path / "汇总.xlsx", "--data", target)
    assert pyarrow.parquet.read_table(target).num_rows == len(STANDARD.indicators)


def test_a_missing_library_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = run("consolidate", CLEAN, "-o", tmp_path / "汇总.xlsx", "--data", tmp_path / "a.parquet")
    assert ran.code == 2
    assert "pip install 'workbook-tools[parquet]'" in ran.err
    assert not list(tmp_path.iterdir())
