"""A FAKE Excel for xlwings' real front end: an engine on ``xlwings.base_classes``.

Behind it stands pyOpenVBA's model of Excel (sheets, notes, protection), whose answers were
measured in Excel. What the model lacks (SaveCopyAs, ReadOnly, the size of boxes) and what only a
person can bring about (a cell being edited, Excel closed in between) is added here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import xlwings
from pyopenvba.apps.excel import (  # type: ignore[import-untyped] # it ships no types
    ExcelApplication,
)
from pyopenvba.exceptions import VBARuntimeError  # type: ignore[import-untyped] # as above
from pyopenvba.interpreter._objects import VBAObject  # type: ignore[import-untyped] # as above
from pyopenvba.interpreter._values import NOTHING  # type: ignore[import-untyped] # as above
from xlwings import base_classes


def save(model: Any, target: str | Path, book: Any = None) -> None:
    """Save a workbook of the model, fast: its own deflate is Excel's, byte for byte, in Python."""

    def deflated(content: bytes) -> bytes:
        compressor = zlib.compressobj(wbits=-15)
        return compressor.compress(content) + compressor.flush()

    with patch("pyopenvba.powerquery._opc.raw_compress", deflated):
        model.save(target, workbook=book)


class FakeComError(Exception):
    """Stands in for pywintypes.com_error: its result code, and Excel's own words."""

    def __init__(self, hresult: int, text: str = "", inner: int | None = None) -> None:
        super().__init__(hresult, text)
        self.hresult = hresult
        self.excepinfo = (0, "Microsoft Excel", text, None, 0, inner) if inner else None


EDITING = FakeComError(-2147352567, "", -2146777998)
"""What Excel answers to everything while a cell is edited."""
CLOSED = FakeComError(-2147023174, "The RPC server is unavailable.")


class FakeExcel:
    """One Excel with its state; ``failure`` is raised whenever it is asked for anything."""

    def __init__(self) -> None:
        self.model = ExcelApplication()
        self.failure: FakeComError | None = None
        self.read_only = False
        self.protected_view: object = None
        self.copies: list[Path] = []
        self.boxes: dict[str, object] = {}

    def open(self, path: Path) -> None:
        self.model.open_workbook(path)

    def ask(self, target: Any, name: str, *arguments: object) -> Any:
        """A member of an object of the model, as COM gives it."""
        if self.failure is not None:
            raise self.failure
        try:
            found = target.vba_get(name, arguments)
        except VBARuntimeError as error:
            raise FakeComError(-2147352567, str(error), -2146827284) from error
        return None if found is NOTHING else found

    def save_copy(self, book: Any, target: str) -> None:
        if self.failure is not None:
            raise self.failure
        path, name, saved = book.path, book.name, book.saved
        save(self.model, target, book)
        book.path, book.name, book.saved = path, name, saved
        self.copies.append(Path(target))


class FakeCom:
    """An object of the model with COM's looks: properties and calls by their names in Excel."""

    def __init__(self, excel: FakeExcel, target: Any) -> None:
        object.__setattr__(self, "_excel", excel)
        object.__setattr__(self, "_target", target)

    def __getattr__(self, name: str) -> Any:
        excel, target = self._excel, self._target
        if name == "ReadOnly":
            return excel.read_only
        if name == "SaveCopyAs":
            return lambda path: excel.save_copy(target, path)
        member = target.vba_member(name)
        if member is not None and member.kind == "method":
            return lambda *arguments: self._wrapped(excel.ask(target, name, *arguments))
        return self._wrapped(excel.ask(target, name))

    def __setattr__(self, name: str, value: object) -> None:
        if self._target.vba_type_name == "Shape":  # the model's boxes cannot be resized
            self._excel.boxes[name] = value
        else:
            self._target.vba_set(name, value)

    def _wrapped(self, found: Any) -> Any:
        return FakeCom(self._excel, found) if isinstance(found, VBAObject) else found


class Engine:
    """What ``xlwings.engines.add(xlwings.Engine(impl=…))`` takes."""

    name = "fake"
    type = "fake"

    def __init__(self, excel: FakeExcel | None) -> None:
        self.apps = Apps([] if excel is None else [App(excel, self)])


class Apps(base_classes.Apps):
    def __init__(self, apps: list[App]) -> None:
        self._apps = apps

    def keys(self) -> list[int]:
        return [one.pid for one in self._apps]

    def __iter__(self) -> Iterator[App]:
        return iter(self._apps)

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        return next(one for one in self._apps if one.pid == pid)


class App(base_classes.App):
    pid = 1

    def __init__(self, excel: FakeExcel, engine: Engine) -> None:
        self.excel, self.engine = excel, engine

    def activate(self, steal_focus: bool = False) -> None:
        pass

    @property
    def api(self) -> SimpleNamespace:
        return SimpleNamespace(ActiveProtectedViewWindow=self.excel.protected_view)

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def selection(self) -> Range | None:
        return Range(self, self.excel.ask(self.excel.model.application, "Selection"))


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def active(self) -> Book:
        """As the engine for Windows: a book around nothing, when there is none."""
        return Book(
            self.app, self.app.excel.ask(self.app.excel.model.application, "ActiveWorkbook")
        )

    def __len__(self) -> int:
        return len(self.app.excel.model.workbooks())


class _Wrapper:
    """An object of the model, and the app that it belongs to."""

    def __init__(self, app: App, target: Any) -> None:
        self._app, self.target = app, target

    @property
    def app(self) -> App:
        return self._app

    @property
    def api(self) -> FakeCom | None:
        return None if self.target is None else FakeCom(self.app.excel, self.target)

    def ask(self, name: str, *arguments: object) -> Any:
        return self.app.excel.ask(self.target, name, *arguments)


class Book(_Wrapper, base_classes.Book):
    @property
    def name(self) -> str:
        return str(self.ask("Name"))

    @property
    def fullname(self) -> str:
        return str(self.ask("FullName"))

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    def activate(self) -> None:
        self.ask("Activate")


class Sheets(base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.ask("ActiveSheet"))

    def __call__(self, name_or_index: str | int) -> Sheet:
        return Sheet(self.book, self.book.ask("Worksheets", name_or_index))

    def __len__(self) -> int:
        return int(self.book.app.excel.ask(self.book.ask("Worksheets"), "Count"))

    def __iter__(self) -> Iterator[Sheet]:
        return (self(index + 1) for index in range(len(self)))


class Sheet(_Wrapper, base_classes.Sheet):
    def __init__(self, book: Book, target: Any) -> None:
        super().__init__(book.app, target)
        self._book = book

    @property
    def book(self) -> Book:
        return self._book

    @property  # type: ignore[misc] # no test renames a sheet
    def name(self) -> str:
        return str(self.ask("Name"))

    @property
    def index(self) -> int:
        return int(self.ask("Index"))

    @property  # type: ignore[misc] # nor hides one
    def visible(self) -> bool:
        return int(self.ask("Visible")) == -1

    @property
    def notes(self) -> list[Note]:
        comments = self.ask("Comments")
        count = int(self.app.excel.ask(comments, "Count"))
        ask = self.app.excel.ask
        return [Note(self.app, ask(comments, "Item", at + 1)) for at in range(count)]

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        assert arg2 is None
        if isinstance(arg1, tuple):
            return Range(self.app, self.ask("Cells", *arg1))
        return Range(self.app, self.ask("Range", arg1))

    def activate(self) -> None:
        self.ask("Activate")


class Range(_Wrapper, base_classes.Range):
    @property
    def sheet(self) -> Sheet:
        worksheet = self.ask("Worksheet")
        book = Book(self.app, self.app.excel.ask(worksheet, "Parent"))
        return Sheet(book, worksheet)

    @property
    def row(self) -> int:
        return int(self.ask("Row"))

    @property
    def column(self) -> int:
        return int(self.ask("Column"))

    def __len__(self) -> int:
        return int(self.ask("Count"))

    @property
    def shape(self) -> tuple[int, int]:
        ask = self.app.excel.ask
        return int(ask(self.ask("Rows"), "Count")), int(ask(self.ask("Columns"), "Count"))

    @property
    def address(self) -> str:
        return str(self.ask("Address"))

    def get_address(self, row: bool, column: bool, external: bool) -> str:
        return str(self.ask("Address", row, column))

    @property
    def note(self) -> Note | None:
        found = self.ask("Comment")
        return None if found is None else Note(self.app, found)

    def add_note(self, text: str) -> Note:
        return Note(self.app, self.ask("AddComment", text))

    def select(self) -> None:
        self.ask("Select")


class Note(_Wrapper, base_classes.Note):
    @property
    def text(self) -> str:
        return str(self.ask("Text"))

    @text.setter
    def text(self, value: str) -> None:
        self.ask("Text", value)

    @property
    def location(self) -> Range:
        return Range(self.app, self.ask("Parent"))

    def delete(self) -> None:
        self.ask("Delete")


def activated(excel: FakeExcel | None) -> Any:
    """Make xlwings talk to the fake (None: no Excel runs); returns what was active before."""
    before = xlwings.engines.active
    xlwings.main.Engine(impl=Engine(excel)).activate()
    return before
