"""Worker processes on other machines, by dask.distributed (extra ``cluster``).

To whoever maps over workbooks a :class:`Cluster` is an executor like any other. What it adds: the
bytes of a file travel with the task, since workers need not see the folder; work goes out in
batches, a bounded number at a time, so that neither side ever holds a whole folder in memory.
Where a worker dies, the scheduler gives its batches to others; a batch that brings down one worker
after another is done again call by call, and the call that does it is `Lost`.
"""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, wait
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from workbook_tools.errors import WorkbookToolsError
from workbook_tools.running.bounds import UNBOUNDED, Bounds
from workbook_tools.running.lost import Lost
from workbook_tools.running.program import program
from workbook_tools.running.workers import patience

_Any = TypeVar("_Any")
_PATIENCE = 15  # seconds until a scheduler must have answered
_PROTOCOLS = ("tcp://", "tls://")
_AHEAD = 4  # batches on their way per thread of a worker


class ClusterError(WorkbookToolsError):
    """The cluster cannot do the work; the message (Chinese) says why and what to do."""


class Parcel(NamedTuple):
    """A file on its way to a worker: its name, its content, its time in ns of the epoch."""

    name: str
    content: bytes
    modified: int

    @classmethod
    def of(cls, path: Path) -> Parcel | Path:
        """The file at a path; the path itself where it cannot be read, as a worker will find."""
        try:
            return cls(path.name, path.read_bytes(), path.stat().st_mtime_ns)
        except OSError:
            return path

    def unpacked(self, folder: Path) -> Path:
        """The file under its own name and time in an empty folder."""
        path = folder / self.name
        path.write_bytes(self.content)
        os.utime(path, ns=(self.modified, self.modified))
        return path


@contextmanager
def cluster(
    address: str, *, shared_folder: bool = False, bounds: Bounds = UNBOUNDED
) -> Iterator[Cluster]:
    """An executor on the workers of a scheduler, ``tcp://host:8786``.

    ``shared_folder``: the workers see all files under the same paths, so that only paths travel.
    ``bounds``: those that each call keeps by itself; what is silent for much longer is given up.
    Raises ClusterError when it cannot be had, and from within where the cluster is lost.
    """
    try:
        distributed: Any = import_module("distributed")  # its types are not annotated
    except ImportError as error:
        raise ClusterError(
            "使用 --scheduler 需要先安装组件：pip install 'workbook-tools[cluster]'。"
        ) from error
    try:
        if not address.startswith(_PROTOCOLS):
            raise ValueError(address)
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"连不上调度器 {address}。请检查地址（形如 tcp://host:8786）、"
            "调度器是否已启动、网络和防火墙。"
        ) from error
    with client:
        try:
            threads = _threads(client, address)
            yield Cluster(client, threads, shared_folder=shared_folder, bounds=bounds)
        except distributed.KilledWorker as error:
            raise ClusterError(
                "有一批工作簿多次使工作进程退出，已停止。可能是其中某个文件异常，或工作进程内存不足。"
                "请不加 --scheduler 在本机重试，找出这个文件。"
            ) from error
        except (CancelledError, OSError) as error:
            if client.status == "running":
                raise
            raise ClusterError(f"与调度器 {address} 的连接断了，请检查后重新运行。") from error


def _threads(client: Any, address: str) -> int:
    """How many workbooks the workers do at a time; raises ClusterError where they will not do."""
    threads = int(sum(client.nthreads().values()))
    if not threads:
        raise ClusterError(
            f"调度器 {address} 上没有工作进程。请先在各台机器上启动工作进程（dask worker）。"
        )
    try:
        programs = client.run(program)
    except Exception as error:  # whatever the import of ours runs into over there
        raise ClusterError(
            f"工作进程上没有可用的 workbook-tools（{type(error).__name__}：{error}）。"
            "请在每台机器上安装与本机相同的版本。"
        ) from error
    if strangers := [worker for worker, theirs in programs.items() if theirs != program()]:
        raise ClusterError(
            f"{len(strangers)} 个工作进程的 workbook-tools 与本机不同（如 {strangers[0]}），"
            "结果可能不一致。请在每台机器上安装与本机相同的版本。"
        )
    return threads


class Cluster(Executor):
    """An executor over the workers of a scheduler; see :func:`cluster`."""

    def __init__(
        self, client: Any, threads: int, *, shared_folder: bool, bounds: Bounds = UNBOUNDED
    ) -> None:
        # Not pure: the same arguments are the same path, not the same content.
        self._executor: Executor = client.get_executor(pure=False)
        self._ahead = _AHEAD * threads
        self._ships = not shared_folder
        self._patience = patience(bounds)
        self._killed: type[Exception] = import_module("distributed").KilledWorker

    def submit(self, fn: Callable[..., _Any], /, *args: Any, **kwargs: Any) -> Future[_Any]:
        """Do one thing on a worker; no file travels with it."""
        return self._executor.submit(fn, *args, **kwargs)

    def map(
        self,
        fn: Callable[..., _Any],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
    ) -> Iterator[_Any]:
        """As the built-in map, in batches of ``chunksize``; a Path is that of a copy over there.

        ``timeout``: seconds to wait for each batch; by default a time beyond the bounds. What kills
        its workers, or is never answered, gives `Lost`.
        """
        calls = zip(*iterables, strict=False)
        return self._results(fn, calls, timeout or self._patience, chunksize)

    def _results(
        self,
        fn: Callable[..., _Any],
        calls: Iterator[tuple[Any, ...]],
        timeout: float | None,
        size: int,
    ) -> Iterator[_Any]:
        batches = iter(lambda: [self._packed(call) for call in islice(calls, size)], [])
        waiting: deque[_Batch] = deque()
        try:
            for batch in batches:
                waiting.append(_Batch(batch, self.submit(_on_worker, fn, batch)))
                if len(waiting) >= self._ahead:
                    yield from self._oldest(fn, waiting, timeout)
            while waiting:
                yield from self._oldest(fn, waiting, timeout)
        finally:
            for one in waiting:
                one.future.cancel()

    def _oldest(
        self, fn: Callable[..., Any], waiting: deque[_Batch], timeout: float | None
    ) -> Iterable[Any]:
        batch = waiting.popleft()
        try:
            return batch.future.result(timeout)
        except TimeoutError:  # the scheduler lost sight of it, as happens when workers die
            batch.future.cancel()
        except self._killed:
            pass
        # So that nothing else kills a worker meanwhile.
        wait([one.future for one in waiting], timeout)
        return [self._alone(fn, call, timeout) for call in batch.calls]

    def _alone(self, fn: Callable[..., Any], call: tuple[Any, ...], timeout: float | None) -> Any:
        future = self.submit(_on_worker, fn, [call])
        try:
            return future.result(timeout)[0]
        except TimeoutError:
            future.cancel()
            return Lost(stuck=True)
        except self._killed:
            return Lost(stuck=False)

    def _packed(self, call: tuple[Any, ...]) -> tuple[Any, ...]:
        if not self._ships:
            return call
        return tuple(Parcel.of(one) if isinstance(one, Path) else one for one in call)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the workers, which go on running."""
        self._executor.shutdown(wait=wait and not cancel_futures)


class _Batch(NamedTuple):
    calls: list[tuple[Any, ...]]
    future: Future[list[Any]]


def _on_worker(fn: Callable[..., _Any], batch: list[tuple[Any, ...]]) -> list[_Any]:
    """Call ``fn`` once per call of the batch; the files that came with it are there meanwhile."""
    return [_call(fn, call) for call in batch]


def _call(fn: Callable[..., _Any], call: tuple[Any, ...]) -> _Any:
    with ExitStack() as stack:

        def local(one: object) -> object:
            if not isinstance(one, Parcel):
                return one
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="workbook-tools-"))
            return one.unpacked(Path(folder))

        return fn(*map(local, call))
