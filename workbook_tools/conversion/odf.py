"""OpenDocument packages before LibreOffice sees them: bombs, entities and passwords end here."""

from __future__ import annotations

from workbook_tools.ooxml import Package, PackageError

_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = b":encryption-data"


def refusal(data: bytes) -> str | None:
    """Why a package is not given to LibreOffice, a Chinese sentence; None where it may be.

    Every part is inflated within the usual limits, and none has a DTD.
    """
    try:
        with Package.open(data) as package:
            if package.has(_MANIFEST) and _ENCRYPTED in package.read(_MANIFEST):
                return "设有打开密码，无法读取。"
            for name in package.names:
                (package.xml_text if name.endswith(".xml") else package.read)(name)
    except PackageError as error:
        return error.problem
    return None
