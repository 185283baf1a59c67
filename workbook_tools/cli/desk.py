"""``workbook-tools desk``: pages in the browser for people who use no command line."""

from __future__ import annotations

import errno
from pathlib import Path

import click

from workbook_tools.cli import desk_data
from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import say
from workbook_tools.cli.samples import samples_folder
from workbook_tools.errors import WorkbookToolsError

_PORT = 8480  # of a bureau's desk: departments write it down


@click.group(
    "desk",
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="[子命令 [参数]…]",
    help="收件台：在浏览器里校验、汇总、下发模板、导入旧报告，不用记命令。只有本机、只有您打得开；"
    "文件只在本机处理，结束时不留下任何东西。已经在运行的，再次启动就打开它。"
    "加 --serve 则是财政局的内网收件台：单位凭访问码登录、试核、提交，财政局收下或退回。"
    "子命令用来备份、恢复和检查内网收件台的数据。",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="端口",
    help=f"用哪个端口，默认任选一个空闲的；--serve 默认 {_PORT}。",
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只给出地址。")
@click.option("--demo", is_flag=True, help="一启动就放入自带的样例。")
@click.option(
    "--serve",
    "data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="在内网收件，收到的都保存在这个文件夹（本机硬盘上，不要用网络共享）。",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="地址",
    help="与 --serve 一起用：单位打开本机用的其他名称或 IP 地址，可以写多次。",
)
@click.option(
    "--certificate",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件",
    help="与 --serve 一起用：用这份证书（PEM）加密传送。",
)
@click.option(
    "--certificate-key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件",
    help="证书的私钥（PEM），不写则在证书文件里找。",
)
@click.pass_context
def command(
    ctx: click.Context,
    port: int | None,
    no_browser: bool,
    demo: bool,
    data: Path | None,
    names: tuple[str, ...],
    certificate: Path | None,
    certificate_key: Path | None,
) -> None:
    """Serve until somebody asks to end, exit code 0 then; or leave it to a subcommand."""
    if ctx.invoked_subcommand is not None:
        return
    if data is None and (names or certificate or certificate_key):
        raise Failure("--name、--certificate 和 --certificate-key 要与 --serve 一起用。")
    if data is not None and demo:
        raise Failure("--demo 不能与 --serve 一起用。")
    try:
        from workbook_tools.desk.alone import serving as alone
        from workbook_tools.desk.office import serving as office
    except ModuleNotFoundError as error:
        raise Failure(
            f'没有安装 {error.name}。请运行 pip install "workbook-tools[desk]" 后重试。'
        ) from error
    samples = samples_folder() if demo else None
    try:
        if data is not None:
            office.serve(
                say,
                data,
                port=port or _PORT,
                browser=not no_browser,
                names=names,
                certificate=certificate,
                certificate_key=certificate_key,
            )
        else:
            alone.serve(
                say,
                port=port or 0,
                browser=not no_browser,
                samples=sorted(samples.glob("*.xlsx")) if samples else (),
                roster=samples / "roster.csv" if samples else None,
            )
    except WorkbookToolsError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise Failure(f"端口 {port or _PORT} 已被别的程序占用。请用 --port 换一个。") from error


for subcommand in (desk_data.backup, desk_data.restore, desk_data.check):
    command.add_command(subcommand)
