"""The wheelhouse for Linux: installed without a network, and whole for the other machine."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from distribution import linux
from distribution.parts import FetchError, pinned
from distribution.targets import PYTHONS, TARGETS
from tests.cli.shell import CLEAN

pytestmark = pytest.mark.slow


def unpacked(machine: str, place: Path) -> Path:
    """The archive for a machine, made and unpacked."""
    try:
        archive = linux.make(machine, place / "made")
    except FetchError as error:
        pytest.fail(str(error))
    with tarfile.open(archive) as packed:
        packed.extractall(place, filter="data")
    return place / archive.name.removesuffix(".tar.gz")


def without_network() -> list[str]:
    """What a command is put behind so that it finds none; nothing where that is not allowed."""
    cut_off = ["unshare", "--map-root-user", "--net"]
    allowed = shutil.which("unshare") and subprocess.run([*cut_off, "true"]).returncode == 0
    return cut_off if allowed else []


@pytest.mark.skipif(platform.machine() != "x86_64", reason="it is for x86-64, this machine is not")
def test_it_is_installed_without_a_network(tmp_path: Path) -> None:
    folder, target = unpacked("x86_64", tmp_path), tmp_path / "自评 工具"
    environment = {
        "HOME": str(tmp_path),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}",
        "LANG": "C.UTF-8",
        # where the network cannot be cut off, nobody answers
        **dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9"),
    }

    def ran(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*without_network(), *command],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
        )

    run = ran("sh", "install.sh", str(target))
    assert run.returncode == 0, run.stdout + run.stderr
    assert "已安装到" in run.stdout
    checked = ran(str(target / "bin" / "workbook-tools"), "validate", str(CLEAN))
    assert checked.returncode == 0, checked.stderr
    assert "示例县民政局（虚构）" in checked.stdout
    listed = ran(str(target / "bin" / "python"), "-m", "pip", "list", "--format=freeze").stdout
    assert "pandas" not in listed
    assert ran(str(target / "bin" / "workbook-tools"), "desk", "--help").returncode == 0

    again = ran("sh", "install.sh", str(target))
    assert again.returncode == 1
    assert "已经存在" in again.stderr
    with (folder / "parts.txt").open("a", encoding="utf-8") as stream:
        stream.write("other==1\n")
    spoilt = ran("sh", "install.sh", str(tmp_path / "别处"))
    assert spoilt.returncode == 1
    assert "不完整或被改动过" in spoilt.stderr
    assert not (tmp_path / "别处").exists()


@pytest.mark.parametrize("python", PYTHONS)
def test_it_is_whole_for_the_other_machine(python: str, aarch64: Path, tmp_path: Path) -> None:
    target = TARGETS["aarch64"]
    options = [f"--platform={tag}" for tag in target.platforms]
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tmp_path)),
            *("--no-index", "--no-deps", "--only-binary=:all:", "--python-version", python),
            *options,
            *("--find-links", "wheels", "--requirement", "parts.txt", "workbook-tools"),
        ],
        cwd=aarch64,
        env={k: v for k, v in os.environ.items() if not k.startswith("PIP_")},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    installed = {path.name.partition("-")[0].lower() for path in tmp_path.glob("*.dist-info")}
    asked = {line.split("==")[0].replace("-", "_") for line in pinned(target)}
    assert installed == asked | {"workbook_tools"}
    libraries = [path.name for path in tmp_path.rglob("*.so")]
    assert libraries
    assert not [name for name in libraries if "x86_64" in name]


@pytest.fixture(scope="module")
def aarch64(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked("aarch64", tmp_path_factory.mktemp("aarch64"))
