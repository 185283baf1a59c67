"""Where the samples are: inside an installed package, or in the source tree."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def samples_folder() -> Path:
    """The folder with the sample workbooks and their roster; raises FileNotFoundError."""
    for folder in (_PACKAGE / "_shipped" / "samples", _PACKAGE.parent / "samples"):
        if (folder / "roster.csv").is_file():
            return folder
    raise FileNotFoundError("the package was installed without its samples")
