"""``workbook-tools import``: a workbook filled with what an existing report says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from workbook_tools.cli.bounding import bounds_options, chosen_bounds
from workbook_tools.cli.choosing import (
    chosen_standard,
    format_option,
    standard_option,
)
from workbook_tools.cli.documents import print_document
from workbook_tools.cli.failures import Failure
from workbook_tools.cli.import_many import import_many
from workbook_tools.cli.output import say
from workbook_tools.cli.running import jobs_option
from workbook_tools.files.targets import TargetRefused
from workbook_tools.files.whole import write_failure
from workbook_tools.importing import Imported, ReportError, import_forms
from workbook_tools.running.bounds import OutOfTimeError, confined, out_of_memory, out_of_time

_SHOWN = 12  # filled cells of a sheet that are named


@click.command(
    "import",
    options_metavar="[选项]",
    help="把已有的自评报告（.docx、.pdf、.txt）或填好的自评表（.xlsx，或文档中的表格）读进新的填报"
    "工作簿：单位信息、报告各栏目、自评得分、绩效指标和金额。装有 LibreOffice 时也能读 .doc、"
    ".wps、.rtf、.odt、.xls、.et、.ods。只填读得准的，每个填入的单元格都用批注注明出处；读不准的逐条列出，请手工填写。一个文件里有几份"
    "自评表的，各生成一个工作簿。给文件夹或 .zip 压缩包则逐份导入其中的文件。",
)
@click.argument("report", type=click.Path(path_type=Path, exists=True), metavar="报告")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="工作簿写到哪里，例如 自评.xlsx；有几份自评表的，名称后面加工作表名（自评-项目一.xlsx）。"
    "导入文件夹或压缩包时是一个文件夹。已有的文件不会被覆盖。",
)
@format_option
@standard_option
@jobs_option
@bounds_options
@click.pass_context
def command(
    ctx: click.Context,
    report: Path,
    output: Path,
    output_format: str,
    standard: str | None,
    jobs: int | None,
    time_limit: int,
    memory_limit: int | None,
) -> None:
    """Import a report; exit code 0 when a workbook was written, 2 when none was.

    Of many, 1 when one of them could not be read.
    """
    chosen = chosen_standard(standard) if standard else None
    bounds = chosen_bounds(time_limit, memory_limit)
    if report.is_dir() or report.suffix.lower() == ".zip":
        ctx.exit(import_many(report, output, chosen, output_format, jobs, bounds))
    try:
        with confined(bounds):
            imported = import_forms(report, output, chosen)
    except OutOfTimeError:
        raise Failure(f"{report.name}：{out_of_time(bounds)}") from None
    except MemoryError as error:
        raise Failure(f"{report.name}：{out_of_memory(bounds)}") from error
    except (ReportError, TargetRefused) as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(write_failure(output, error)) from error
    if output_format == "json":
        _print_document(imported)
        return
    for one in imported:
        _print(one)
    say("请打开工作簿核对填入的内容，补填其余各项，然后用 validate 校验。", err=True)


def _print_document(imported: Sequence[Imported]) -> None:
    """One form's document is flat; of several each is an item of ``forms``."""
    first = imported[0]
    if len(imported) > 1:
        print_document(first.standard, {"forms": map(_document, imported)}, source=first.source)
    else:
        lists = {one: getattr(first, one) for one in ("placed", "not_placed", "unscored")}
        print_document(first.standard, lists, source=first.source, target=first.target)


def _document(imported: Imported) -> dict[str, object]:
    return {
        "form": imported.form,
        "target": imported.target,
        "standard": imported.standard.id,
        "placed": imported.placed,
        "not_placed": imported.not_placed,
        "unscored": imported.unscored,
    }


def _print(imported: Imported) -> None:
    """Say what was filled, sheet by sheet, and all that was not."""
    said = f"{imported.form}：" if imported.form else ""
    say(f"{said}已生成：{imported.target}（填入 {len(imported.placed)} 个单元格，批注里有出处）")
    for sheet in dict.fromkeys(one.sheet for one in imported.placed):
        labels = [one.label for one in imported.placed if one.sheet == sheet]
        more = "等" if len(labels) > _SHOWN else ""
        say(f"  {sheet} {len(labels)} 项：{'、'.join(labels[:_SHOWN])}{more}")
    if imported.unscored:
        say(f"没有读到自评得分的指标 {len(imported.unscored)} 项：{'、'.join(imported.unscored)}")
    if imported.not_placed:
        say(f"没有填入的内容 {len(imported.not_placed)} 处，请对照报告手工填写：")
    for one in imported.not_placed:
        say(f"  {one.place}“{one.words}”：{one.reason}")
