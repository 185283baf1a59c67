"""The tree of errors: what a function of ours raises to those who call it.

    WorkbookToolsError
    ├── BoundsError            a bound of memory cannot be kept here
    ├── CacheError             a file cannot serve as a cache
    ├── ClusterError           a cluster cannot do the work
    ├── DeskRefused            a page cannot give what it was asked for
    ├── ExcelError             the open workbook in Excel cannot be worked on
    ├── LimitsError            a limit in the environment is none           (ValueError)
    ├── NotAnArchiveError      a file is no archive of a round
    ├── NotOurCopyError        the target is no copy that we may replace
    │   └── ChangedCopyError   ... it is one, and somebody has worked in it
    ├── PackageError           a file is refused as a package
    ├── PdfError               no PDF could be made
    ├── PreviousError          an earlier round cannot be compared with
    ├── ReportError            a report cannot be imported
    ├── RosterError            a roster cannot be used
    ├── SourceError            nothing is where workbooks were looked for
    ├── StandardError          a standard cannot be used                    (ValueError)
    ├── SubmissionRefused      a workbook is no submission of ours
    ├── TargetRefused          a file of somebody's stands where we should write
    ├── TaskRefused            copies cannot be written where they were asked for
    ├── TemplateError          a template cannot be filled in so            (ValueError)
    ├── UnknownFindingError    no kind of finding has this code or name     (KeyError)
    └── WitnessError           an interpreter of formulas is not there, or gave up

Each is defined in the room that raises it, and is had from `workbook_tools` (but for WitnessError
and DeskRefused, which only the command line and the pages meet). Its text is a Chinese sentence
that a clerk can be shown: what is wrong, and what to do. What a room raises and catches itself is
not in the tree. OSError is the system's own, raised where a file cannot be read or written.
"""

from __future__ import annotations


class WorkbookToolsError(Exception):
    """Any error of ours; ``str(error)`` is a Chinese sentence for the person who asked."""
