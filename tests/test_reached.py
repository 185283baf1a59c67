"""What the tests must reach of each room is asked of its lines and branches together."""

from __future__ import annotations

from tests.reached import ASKED, ASKED_OF_CORE, CORE, ROOT, shares, too_little


def file(lines: tuple[int, int], branches: tuple[int, int]) -> dict[str, dict[str, int]]:
    return {
        "summary": {
            "covered_lines": lines[0],
            "num_statements": lines[1],
            "covered_branches": branches[0],
            "num_branches": branches[1],
        }
    }


def test_a_room_is_all_its_files_and_is_held_to_its_share() -> None:
    rooms = shares(
        {
            "workbook_tools/checks/a.py": file((40, 40), (10, 10)),
            "workbook_tools/checks/deeper/b.py": file((60, 60), (79, 90)),
            "workbook_tools/desk/c.py": file((90, 100), (80, 100)),
            "workbook_tools/report/d.py": file((84, 100), (0, 0)),
            "workbook_tools/figures.py": file((1, 1), (0, 0)),
        }
    )

    assert list(rooms) == ["checks", "desk", "figures", "report"]
    assert rooms["checks"].branches == (89, 100)
    assert (rooms["checks"].percent, rooms["desk"].percent) == (94.5, ASKED)
    assert list(too_little(rooms)) == [
        f"checks: 94.5 % is less than {ASKED_OF_CORE} %",
        f"report: 84.0 % is less than {ASKED} %",
    ]


def test_the_rooms_that_are_asked_more_of_are_rooms() -> None:
    assert all((ROOT / "workbook_tools" / room / "__init__.py").is_file() for room in CORE)
