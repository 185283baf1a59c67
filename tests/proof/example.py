"""Two invented departments that fill in the example standard, worked out by hand."""

from __future__ import annotations

import datetime
from fractions import Fraction

from workbook_tools.template import CellValue, Filling

_PARKS: dict[str, CellValue] = {
    "unit_name": "湖滨县公园管理处（虚构）",
    "unit_code": "0101",
    "fiscal_year": 2023,
    "prepared_on": datetime.date(2024, 3, 1),
    "claimed_total": Fraction("80.1"),
    "budget": 900,
    "carryover_in": 100,
    "spent_total": 918,
    "spent_half": 360,
    "complaints": 20,
    "complaints_settled": 18,
    "satisfaction": Fraction(925, 1000),
    "check_control_1": "是",
    "check_control_2": "不涉及",
    "check_control_3": "否",
}
_SERVICES: tuple[dict[str, CellValue], ...] = (
    {"name": "绿化养护", "planned": 40, "done": 30, "punctual": "是"},
    {"name": "便民活动", "planned": 10, "done": 17, "punctual": "是"},
    {"name": "设施维修", "planned": 50, "done": 41, "punctual": "否"},
)
PARKS_SCORES = {
    "execution": "12.0",  # 918 ÷ 900 = 102 %, between 95 % and 105 %
    "carryover": "5.0",  # 82 ÷ 1000 = 8.2 %: 3.2 points beyond, two begun steps, 8 − 2 × 1.5
    "progress": "4.6",  # 360 ÷ 450 = 80 %: 2 × 0.8 = 1.6; 918 > 810: 3
    "control": "11.0",  # 6 + 5, the second does not apply
    "volume": "18.0",  # 88 ÷ 100: 20 × 0.88 ÷ 0.98 = 17.959…
    "punctuality": "10.0",  # two of three
    "satisfied": "12.5",  # 2.5 points below: 15 − 2.5
    "complaints": "7.0",  # 90 %
}
PARKS_TOTAL, PARKS_GRADE = "80.1", "一般"

PARKS = Filling(
    values=_PARKS | {f"self_{name}": Fraction(score) for name, score in PARKS_SCORES.items()},
    rows={"services": _SERVICES},
)
ROADS = Filling(
    values=_PARKS
    | {
        "unit_name": "湖滨县公路所（虚构）",
        "unit_code": "0102",
        "complaints": 0,
        "complaints_settled": 0,
        "satisfaction": None,
        "spent_half": 919,
    },
    rows={"services": _SERVICES},
)
"""No complaints: full points. Nothing is known of satisfaction, and half a year is too much."""
