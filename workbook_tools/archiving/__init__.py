"""A finished round in one file, and the proof, years later, that it is what it was.

Writing and checking compute the round in the same way (:mod:`.computing`) from a folder of
originals; what came of it stands in the archive, and checking holds today's beside it.
"""

from workbook_tools.archiving.checking import ArchiveCheck, check_archive
from workbook_tools.archiving.comparing import ArchiveDifference
from workbook_tools.archiving.contents import NotAnArchiveError
from workbook_tools.archiving.writing import Archived, write_archive

__all__ = [
    "ArchiveCheck",
    "ArchiveDifference",
    "Archived",
    "NotAnArchiveError",
    "check_archive",
    "write_archive",
]
