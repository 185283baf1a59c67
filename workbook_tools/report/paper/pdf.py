"""Documents to PDF, by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from workbook_tools.conversion.libreoffice import OutOfTime, installed, run
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.files.whole import whole_file, write_failure

_BATCH = 40  # documents of one start; a command line is not endless
_START, _EACH = 120, 30  # seconds that starting, and a document, may take
_OURS = "workbook-tools".encode("utf-16-be").hex().upper().encode()
"""How the author that our documents name stands in the PDF that LibreOffice makes of one."""


class PdfError(WorkbookToolsError):
    """No PDF could be made; the message (Chinese) says why and what to do."""


def find_office() -> str:
    """The program to start; raises PdfError where there is none."""
    if (found := installed()) is not None:
        return str(found)
    raise PdfError(
        "没有找到 LibreOffice，不能转成 PDF。请安装 LibreOffice（须含 Writer，"
        "Debian、Ubuntu 的软件包是 libreoffice-writer），或用 Word、WPS 打开 .docx 后另存为 PDF。"
    )


def write_pdfs(documents: Sequence[Path], *, overwrite: bool = False) -> dict[Path, Path | str]:
    """Make a PDF beside each document; by document, where it is, or why there is none.

    A PDF that is not of ours is replaced only with ``overwrite``. Raises PdfError where LibreOffice
    is missing, does not end in time, or makes nothing at all.
    """
    office = find_office()
    outcome: dict[Path, Path | str] = {}
    for start in range(0, len(documents), _BATCH):
        batch = documents[start : start + _BATCH]
        with tempfile.TemporaryDirectory(prefix="workbook-tools-pdf-") as room:
            made = _converted(office, batch, Path(room))
            for document, pdf in zip(batch, made, strict=True):
                outcome[document] = _placed(pdf, document.with_suffix(".pdf"), overwrite)
    if documents and not any(isinstance(one, Path) for one in outcome.values()):
        raise PdfError(str(next(iter(outcome.values()))))
    return outcome


def _converted(office: str, documents: Sequence[Path], room: Path) -> list[Path]:
    """Where the PDF of each document should now be; copies under plain names are converted."""
    sources = []
    for number, document in enumerate(documents):
        sources.append(room / f"{number}.docx")
        shutil.copyfile(document, sources[-1])
    limit = _START + _EACH * len(documents)
    try:
        run(Path(office), sources, "pdf:writer_pdf_Export", room, seconds=limit)
    except OutOfTime:
        raise PdfError(f"LibreOffice 超过 {limit} 秒没有转换完，已停止，没有 PDF。") from None
    return [source.with_suffix(".pdf") for source in sources]


def _placed(made: Path, target: Path, overwrite: bool) -> Path | str:
    """Put a PDF in its place; or why it is not there."""
    if not made.exists():
        return (
            f"LibreOffice 没有把 {target.with_suffix('.docx')} 转成 PDF。请确认装有 Writer，"
            "或用 Word、WPS 另存为 PDF。"
        )
    if target.exists() and not overwrite and _OURS not in target.read_bytes():
        return f"{target} 已经存在，不是本工具生成的，没有覆盖。请换一个位置，或先移走它。"
    try:
        with whole_file(target) as stream:
            stream.write(made.read_bytes())
    except OSError as error:
        return write_failure(target, error)
    return target
