"""The folder for Windows, made once of what PyPI has."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from distribution import windows
from distribution.parts import FetchError
from tests.distribution.wine import Windows


@pytest.fixture(scope="package")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip for Windows."""
    try:
        return windows.make(tmp_path_factory.mktemp("packed"))
    except FetchError as error:
        pytest.fail(str(error))


@pytest.fixture(scope="package")
def folder(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where somebody unpacked it."""
    place = tmp_path_factory.mktemp("disk") / "收件台 新"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(place)
    (folder,) = place.iterdir()
    return folder


@pytest.fixture(scope="package", params=[936, 65001])
def machine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Windows]:
    """Windows with a Chinese code page, and with the one for every language."""
    machine = Windows(tmp_path_factory.mktemp("machine"), request.param)
    yield machine
    machine.off()
