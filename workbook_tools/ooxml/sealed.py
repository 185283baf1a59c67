"""Encrypted packages ([MS-OFFCRYPTO] 2.3) that open without a password: Excel's own default one.

Excel tries the password "VelvetSweatshop" before it asks; some programs write read-only files with
it. The bytes come from a stranger, so what msoffcrypto-tool (and olefile, minidom below it) would
do without end is ruled out before; bounds of time and memory hold here as for any workbook. Both
are imported only here, where such a file has come.
"""

from __future__ import annotations

import io
import logging
import re

from .limits import MEGABYTE

_PASSWORD = "VelvetSweatshop"
_LARGEST_INFO = 64 * 1024
"""Bytes of EncryptionInfo; Excel's have fewer than two thousand."""
_MOST_SPINS = 1_000_000
"""Turns of the hash; Excel takes 100,000, the specification allows ten times our bound."""
_LARGEST_FILE = 64 * MEGABYTE
_AGILE = b"\x04\x00\x04\x00"
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_SPINS = re.compile(rb"spinCount\s*=\s*[\"']([^\"']*)")


def opened_without_password(data: bytes) -> bytes | None:
    """The package inside a compound file; None when only the right password opens it."""
    import msoffcrypto  # type: ignore[import-untyped] # it ships no types
    import olefile  # type: ignore[import-untyped] # nor does it

    if len(data) > _LARGEST_FILE:
        return None
    logging.getLogger("olefile").setLevel(logging.CRITICAL)  # it tells our stderr about bad files
    plain = io.BytesIO()
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            if compound.get_size("EncryptionInfo") > _LARGEST_INFO:
                return None
            if not _is_harmless(compound.openstream("EncryptionInfo").read()):
                return None
            if compound.get_size("EncryptedPackage") > len(data):
                return None
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=_PASSWORD, verify_password=True)
        file.decrypt(plain)
    except MemoryError:
        raise
    except Exception:  # whatever two libraries make of a stranger's bytes: it does not open so
        return None
    return plain.getvalue()


def _is_harmless(info: bytes) -> bool:
    """Whether EncryptionInfo is as Excel writes it.

    The agile kind is XML: without declarations, in an encoding that can hide none, and with a
    bearable number of turns.
    """
    if not info.startswith(_AGILE):
        return True  # a few numbers of fixed size, and 50,000 turns always
    xml = info[8:]
    encodings = _ENCODING.findall(xml)
    turns = _SPINS.findall(xml)
    return (
        xml.isascii()
        and b"<!" not in xml
        and b"\0" not in xml
        and all(one.lower() == b"utf-8" for one in encodings)
        and all(one.isdigit() and len(one) < 9 and int(one) <= _MOST_SPINS for one in turns)
    )
