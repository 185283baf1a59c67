"""Which tests reach which lines of a room, and the order in which a mutant is shown to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from time import process_time

import coverage


class Reach:
    """The lines of some files that each test runs, and the time it takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        """Of the processor, by test."""
        self._lines: Counter[str] = Counter()
        self._tests: dict[Path, dict[int, list[str]]] = {}

    def measure(self, files: Iterable[Path], tests: Mapping[str, Callable[[], None]]) -> None:
        """Run every test once."""
        files = list(files)
        measured = coverage.Coverage(
            data_file=None, config_file=False, include=[str(one) for one in files]
        )
        measured.start()
        for name, run in tests.items():
            measured.switch_context(name)
            begun = process_time()
            run()
            self.seconds[name] = process_time() - begun
        measured.stop()
        data = measured.get_data()
        self._tests = {one: data.contexts_by_lineno(str(one)) for one in files}
        every = [names for lines in self._tests.values() for names in lines.values()]
        self._lines = Counter(name for names in every for name in names)

    def order(self, path: Path, lines: range, function: range) -> Sequence[str]:
        """The tests that reach any of the lines, those first that are likely to notice a change.

        First the quickest of each line of the module, of lines that few reach before those that
        many do; then the others, those first that reach a line of the function that few do, and of
        these those that reach most of the room.
        """
        tests = self._tests[path]
        asked = {name for line in lines for name in tests.get(line, ())} - {""}
        by_line = sorted((asked.intersection(one) for one in tests.values()), key=len)
        quickest = [min(names, key=self._quick) for names in by_line if names]
        rarest = dict[str, int]()
        for line in function:
            for name in tests.get(line, ()):
                rarest[name] = min(len(tests[line]), rarest.get(name, len(self.seconds)))
        others = sorted(asked, key=lambda name: (rarest.get(name, 0), self._much(name)))
        return list(dict.fromkeys([*quickest, *others]))

    def _quick(self, test: str) -> tuple[float, str]:
        return self.seconds[test], test

    def _much(self, test: str) -> tuple[int, str]:
        return -self._lines[test], test
