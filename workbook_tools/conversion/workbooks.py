"""A workbook of whatever format, opened: .xlsx as it is, others as LibreOffice converts them."""

from __future__ import annotations

from pathlib import Path

from workbook_tools.conversion.kinds import kind_of
from workbook_tools.ooxml import Limits, Package, PackageError, PackageSource, name_of, usual_limits
from workbook_tools.ooxml.errors import SAVE_AS_XLSX
from workbook_tools.ooxml.package import read_whole


def open_workbook_file(
    source: PackageSource, limits: Limits | None = None, *, name: str = ""
) -> Package:
    """The package of a workbook, as `Package.open` gives it, also of .xls, .et and .ods files.

    Where LibreOffice is missing these are refused as any other format. Raises PackageError.
    """
    path, limits = Path(name or name_of(source)), limits or usual_limits()
    data = read_whole(source, limits, path)
    kind = kind_of(data)
    if kind is None or kind.becomes != "xlsx":
        return Package.open(data, limits, name=str(path))
    from workbook_tools.conversion.libreoffice import ConversionError, convert, installed

    if installed() is None:
        return Package.open(data, limits, name=str(path))
    try:
        converted = convert(data, kind)
    except ConversionError as error:
        problem = f"不是 .xlsx 工作簿。{error}"
        raise PackageError("not-a-workbook", path, problem, SAVE_AS_XLSX) from error
    return Package.open(converted, limits, name=str(path), converted_from=kind.suffix)
