"""The desk started, its page opened, and ended: by its button or by Ctrl-C."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from workbook_tools.desk.alone.application import application
from workbook_tools.desk.alone.entrance import new_key
from workbook_tools.desk.alone.instance import Instance
from workbook_tools.desk.alone.room import Room
from workbook_tools.desk.opening import open_page
from workbook_tools.files.caches import cache_folder

_HERE = "127.0.0.1"
_GOODBYE = 5  # seconds for requests under way


def serve(
    say: Callable[[str], None],
    *,
    port: int = 0,
    browser: bool = True,
    samples: Sequence[Path] = (),
    roster: Path | None = None,
) -> None:
    """Serve one person on this machine until somebody asks to end.

    A second start opens the page of the first.

    ``say`` tells a line (Chinese) to whoever started it. ``port``: 0 for a free one. ``browser``:
    open the page. ``samples``: workbooks that are there from the start, with their ``roster``.
    Raises DeskRefused, and OSError where the port is taken.
    """
    with Instance(cache_folder() / "desk") as instance:
        if not instance.take():
            address = instance.ask()
            say(f"收件台已经在运行：{address}")
            if browser:
                open_page(address)
            return
        with socket.create_server((_HERE, port)) as listening:
            port = listening.getsockname()[1]
            key = new_key()
            address = f"http://{_HERE}:{port}/?key={key}"
            room = Room()
            try:
                first = f"/works/{room.take_samples(samples, roster).id}" if samples else "/"
                server = _server(room, key, port, first)
                signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does
                instance.tell(address)
                say(f"收件台已经启动：{address}")
                say("在网页上点“结束程序”，或在这里按 Ctrl-C，即可结束。")
                if browser:
                    open_page(address)
                server.run(sockets=[listening])
            except KeyboardInterrupt:  # uvicorn raises it again when it has ended
                pass
            finally:
                room.close()
    say("收件台已经结束。")


def _server(room: Room, key: str, port: int, first: str) -> uvicorn.Server:
    def end() -> None:
        server.should_exit = True

    server = uvicorn.Server(
        uvicorn.Config(
            application(room, key=key, port=port, end=end, first=first),
            log_level="error",
            access_log=False,  # the key stands in an address
            server_header=False,
            timeout_graceful_shutdown=_GOODBYE,
        )
    )
    return server
