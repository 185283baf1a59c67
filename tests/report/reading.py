"""Documents as an independent reader sees them: python-docx, and the bare XML where it is blind."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.table import _Cell
from lxml import etree
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped] # it ships no types

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


class Read:
    """A document: its paragraphs by style, its tables as texts, its charts as figures."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.document = docx.Document(str(path))
        self.paragraphs = [one.text for one in self.document.paragraphs]
        # python-docx looks for merged cells in every table anew: a hundred times as slow
        self.tables = [
            [[_Cell(tc, table).text for tc in tr.tc_lst] for tr in table._tbl.tr_lst]
            for table in self.document.tables
        ]

    @property
    def text(self) -> str:
        """Everything in the body, a line per paragraph and per table row."""
        rows = ["\t".join(row) for table in self.tables for row in table]
        return "\n".join([*self.paragraphs, *rows])

    def styled(self, style: str) -> list[str]:
        """The paragraphs of a style, by its name."""
        return [
            one.text
            for one in self.document.paragraphs
            if one.style is not None and one.style.name == style
        ]

    def headings(self, level: int = 1) -> list[str]:
        return self.styled(f"Heading {level}")

    def below(self, heading: str) -> list[str]:
        """The paragraphs between the last heading that ends so and the next of any level."""
        names = [one.style.name if one.style else "" for one in self.document.paragraphs]
        start = max(
            place
            for place, text in enumerate(self.paragraphs)
            if text.endswith(heading) and str(names[place]).startswith("Heading")
        )
        found = []
        for text, name in zip(self.paragraphs[start + 1 :], names[start + 1 :], strict=True):
            if str(name).startswith(("Heading", "Annex")):
                break
            found.append(text)
        return found

    def table(self, *titles: str) -> list[list[str]]:
        """The rows below the head of the first table whose head has these titles."""
        return next(rows[1:] for rows in self.tables if set(titles) <= set(rows[0]))

    def row(self, first: str, *titles: str) -> dict[str, str]:
        """The row of that table that begins so, by column title."""
        rows = next(rows for rows in self.tables if set(titles) <= set(rows[0]))
        return dict(zip(rows[0], next(row for row in rows if row[0] == first), strict=True))

    def widths(self, *titles: str) -> list[float]:
        """The widths of that table's columns in mm."""
        place = next(n for n, rows in enumerate(self.tables) if set(titles) <= set(rows[0]))
        columns = self.document.tables[place]._tbl.tblGrid.gridCol_lst
        return [column.w.mm for column in columns if column.w is not None]

    @property
    def headers(self) -> set[str]:
        """What stands on top of odd and of even pages, in all sections."""
        return {
            paragraph.text
            for section in self.document.sections
            for header in (section.header, section.even_page_header)
            for paragraph in header.paragraphs
        }

    def charts(self) -> list[dict[str, dict[str, float]]]:
        """Each chart: by series, by label, the figures that are drawn."""
        with zipfile.ZipFile(self.path) as package:
            names = [name for name in package.namelist() if name.startswith("word/charts/chart")]
            roots = [etree.fromstring(package.read(name)) for name in sorted(names)]
        return [
            {_points(series, "tx")[0]: _figures(series) for series in root.iter(f"{_CHART}ser")}
            for root in roots
        ]

    def chart_data(self) -> list[list[list[Any]]]:
        """The workbook that travels with each chart, as rows."""
        found = []
        with zipfile.ZipFile(self.path) as package:
            for name in sorted(n for n in package.namelist() if n.startswith("word/embeddings/")):
                book = openpyxl.load_workbook(io.BytesIO(package.read(name)))
                found.append([list(row) for row in book.worksheets[0].iter_rows(values_only=True)])
        return found

    def field_codes(self) -> set[str]:
        """The instructions of all fields, in the body and around it."""
        with zipfile.ZipFile(self.path) as package:
            parts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
        codes = re.findall(rb"<w:instrText[^>]*>([^<]*)", b"".join(parts))
        return {code.decode().strip() for code in codes}

    def problems(self) -> list[str]:
        """What a validator of Office Open XML has to say."""
        return [str(error) for error in OpenXmlValidator().validate(str(self.path)).errors]


def _points(series: Any, of: str) -> dict[int, str]:
    points = series.iterfind(f"{_CHART}{of}//{_CHART}pt")
    return {int(one.get("idx")): one.findtext(f"{_CHART}v") for one in points}


def _figures(series: Any) -> dict[str, float]:
    labels = _points(series, "cat")
    return {labels[place]: float(value) for place, value in _points(series, "val").items()}
