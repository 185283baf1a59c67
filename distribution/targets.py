"""The machines that something is made for, as pip names them."""

from __future__ import annotations

from typing import NamedTuple


class Target(NamedTuple):
    """One kind of machine; ``platforms`` are the tags of the wheels that run there."""

    system: str
    machine: str
    platforms: tuple[str, ...]


def _linux(machine: str) -> Target:
    # 统信 UOS 20 and 麒麟 V10 for servers have glibc 2.28, 麒麟 V10 for desktops has 2.31.
    tags = ("manylinux_2_28", "manylinux_2_17", "manylinux2014")
    return Target("linux", machine, tuple(f"{tag}_{machine}" for tag in tags))


TARGETS = {
    "windows": Target("windows", "AMD64", ("win_amd64",)),
    "x86_64": _linux("x86_64"),
    "aarch64": _linux("aarch64"),
}
PYTHONS = ("3.11", "3.12", "3.13")
"""The minor versions of Python that there are wheels for."""
