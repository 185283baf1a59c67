"""``workbook-tools desk``: pages in the browser for people who use no command line."""

from __future__ import annotations

import click

from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import say
from workbook_tools.cli.samples import samples_folder
from workbook_tools.errors import WorkbookToolsError


@click.command(
    "desk",
    options_metavar="[选项]",
    help="收件台：在浏览器里校验、汇总、下发模板、导入旧报告，不用记命令。只有本机、只有您打得开；"
    "文件只在本机处理，结束时不留下任何东西。已经在运行的，再次启动就打开它。",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="端口",
    help="用哪个端口，默认任选一个空闲的。",
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只给出地址。")
@click.option("--demo", is_flag=True, help="一启动就放入自带的样例。")
def command(port: int | None, no_browser: bool, demo: bool) -> None:
    """Serve until somebody asks to end; exit code 0 then."""
    try:
        from workbook_tools.desk.alone.serving import serve
    except ModuleNotFoundError as error:
        raise Failure(
            f'没有安装 {error.name}。请运行 pip install "workbook-tools[desk]" 后重试。'
        ) from error
    samples = samples_folder() if demo else None
    try:
        serve(
            say,
            port=port or 0,
            browser=not no_browser,
            samples=sorted(samples.glob("*.xlsx")) if samples else (),
            roster=samples / "roster.csv" if samples else None,
        )
    except WorkbookToolsError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        if port is None:
            raise
        raise Failure(
            f"端口 {port} 用不了，可能已被别的程序占用。请换一个，或不写 --port。"
        ) from error
