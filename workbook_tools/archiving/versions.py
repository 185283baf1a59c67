"""Which program and which standards are others today than they were, and in what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook_tools.archiving.contents import Manifest
from workbook_tools.running.program import program
from workbook_tools.standard import Standard, list_standards, load_standard, standard_hash
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.naming import stated
from workbook_tools.version import __version__


def versions(manifest: Manifest, standards: Mapping[str, Standard]) -> Iterator[str]:
    """A sentence for the program and for each standard that is another today.

    ``standards``: those in the archive, by id.
    """
    if manifest.version != __version__:
        yield f"程序：归档时是 workbook-tools {manifest.version}，今天是 {__version__}。"
    elif manifest.program != program():
        yield f"程序：版本号同为 {__version__}，但程序文件或公式解释器与归档时的不是同一份。"
    for identity, then in standards.items():
        if identity in list_standards():
            yield from _standard(then, load_standard(identity))


def _standard(then: Standard, now: Standard) -> Iterator[str]:
    if standard_hash(then) == standard_hash(now):
        return
    yield (
        f"评分标准 {then.id}：归档时是 {then.version} 版，今天随程序提供的是 {now.version} 版，"
        "内容不同；复算用的是归档里的那一份。"
    )
    before, after = ({one.id: one for one in each.indicators} for each in (then, now))
    for identity in dict.fromkeys([*before, *after]):
        yield from _indicator(before.get(identity), after.get(identity))


def _indicator(then: Indicator | None, now: Indicator | None) -> Iterator[str]:
    if then == now:
        return
    if then is None or now is None:
        one, when = (then, "归档时有，今天没有") if then else (now, "今天有，归档时没有")
        assert one is not None
        yield f"  指标“{one.title}”：{when}。"
        return
    told = [
        f"{name}“{before}”改为“{after}”"
        for name, before, after in (
            ("名称", then.title, now.title),
            ("分值", stated(then.weight), stated(now.weight)),
            ("计分规则", then.criteria, now.criteria),
        )
        if before != after
    ]
    yield f"  指标“{then.title}”：{'；'.join(told) or '取数或计分的写法不同'}。"
