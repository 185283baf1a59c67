"""A planted weakness of tests is found; nothing else is blamed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MODULE = '''\
from functools import cache

def grade(points: int) -> str:
    """Words."""
    assert points < 7000
    if points >= 90 and points <= 100:
        return "good"
    return "差"

class Some:
    limit = 3

    @cache
    def all(self) -> list[int]:
        found = [one for one in (1, 2) if one]
        found.append(9)
        return sorted(found, key=abs)

    def unused(self) -> bool:
        return not self.limit
'''
TESTS = """
from points import Some, grade

def test_grade():
    assert [grade(89), grade(90), grade(100)] == ["差", "good", "good"]

def test_all():
    assert Some().all() == [1, 2, 9]
"""
TRIAL = """
import sys
from pathlib import Path
from tests.mutation.summary import summary
from tests.mutation.trial import tried

print(summary(tried([Path(sys.argv[1])], ["--rootdir", sys.argv[2], sys.argv[2]])))
"""


def test_each_change_is_made_and_what_the_tests_do_not_notice_is_told(tmp_path: Path) -> None:
    module = tmp_path / "points.py"
    module.write_text(MODULE, encoding="utf-8")
    (tmp_path / "test_points.py").write_text(TESTS, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", TRIAL, str(module), str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert (
        run.stdout[run.stdout.index("points.py:") :]
        == """\
points.py:6 grade, 1 tests: 100  ->  101
points.py:15 Some.all, 1 tests:  for one in (1, 2) if one  ->   for one in (1, 2)
points.py:17 Some.all, 1 tests: sorted(found, key=abs)  ->  sorted(found)
points.py:20 Some.unused, 0 tests: not self.limit  ->  not not self.limit
points.py:20 Some.unused, 0 tests: return not self.limit  ->  return None
points.py                   22 made    17 noticed    5 left   0 untried   77.3 %
all                         22 made    17 noticed    5 left   0 untried   77.3 %
"""
    )
