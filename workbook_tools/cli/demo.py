"""``workbook-tools demo``: the whole way, on the samples that come with the package."""

from __future__ import annotations

from pathlib import Path

import click

from workbook_tools.cli.consolidate import print_consolidation
from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import print_record, say
from workbook_tools.cli.running import progress, shown
from workbook_tools.cli.samples import samples_folder
from workbook_tools.consolidation import TargetRefused, consolidate
from workbook_tools.files.whole import write_failure
from workbook_tools.intake.sources import find_workbooks
from workbook_tools.jobs.task import TaskRefused
from workbook_tools.jobs.validating import validate
from workbook_tools.standard import load_standard
from workbook_tools.standard.loader import DEFAULT

_WORST = 3  # findings shown per sample
_SAMPLES = {
    DEFAULT: (("*.xlsx",), "roster.csv"),
    "national-2020": (("own/culture-*.xlsx", "own/forestry-*.xlsx", "own/housing-*.xlsx"), ""),
    "project-2020": (("own/project-*.xlsx",), ""),
}
"""By standard: its samples, and who was expected to report."""


@click.command(
    "demo",
    options_metavar="[选项]",
    help="用自带样例走一遍：生成模板、校验样例、写批注副本、汇总。",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    show_default="自评演示，其他标准的另加标准名称",
    metavar="文件夹",
    help="结果写到哪个文件夹。",
)
@click.option(
    "--standard",
    "name",
    type=click.Choice(list(_SAMPLES)),
    default=DEFAULT,
    show_default=True,
    help="用哪份评分标准的样例。",
)
def command(output: Path | None, name: str) -> None:
    """Run template, validate and consolidate on the samples; always exit 0 when all ran."""
    from workbook_tools.template import build_template

    output = output or Path("自评演示" if name == DEFAULT else f"自评演示-{name}")
    samples = samples_folder()
    patterns, roster = _SAMPLES[name]
    standard = load_standard(name)
    workbooks = find_workbooks(
        path for pattern in patterns for path in samples.glob(pattern)
    ).workbooks
    template, copies, summary = output / "自评模板.xlsx", output / "批注副本", output / "汇总.xlsx"
    try:
        output.mkdir(parents=True, exist_ok=True)
        if not template.exists():
            build_template(standard, template)
        annotated = {}
        with validate(workbooks, copies, jobs=None) as validation, progress("校验样例") as bar:
            for record in shown(validation, validation.count, bar):
                print_record(record, _WORST)
                if record.annotated:
                    annotated[record.path] = record.annotated
            problems = validation.problems
        result = consolidate(
            workbooks,
            summary,
            roster=samples / roster if roster else None,
            annotated=annotated,
            standard=standard,
        )
    except (TargetRefused, TaskRefused) as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(write_failure(output, error)) from error
    click.echo("")
    print_consolidation(result, summary)
    say(f"填报模板：{template}")
    say(f"批注副本：{copies}")
    if problems:
        raise Failure("\n".join(problems))
