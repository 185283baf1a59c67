"""The cells that a workbook of a standard has: fields.txt lists them, of two indicators for all."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from workbook_tools import load_standard
from workbook_tools.standard.contract import (
    column_name,
    fields,
    full_score,
    grid_inputs,
    own_from_rows,
    own_rows,
)
from workbook_tools.standard.inputs import Axis, Grid, Input

PAGE = Path(__file__).with_name("fields.txt")
HOW = "python -m tests.standard.test_contract > tests/standard/fields.txt"

INDICATORS = ("", "fund_compliance", "carryover_control")
"""A checklist, an indicator that need not apply; "" for the inputs, which are of none."""
UNSAID = ("also_called", "help", "source")
"""Of inputs, which take these over from the standard as they are."""


def page() -> str:
    """The fields of the shipped standard, a line each; only what is not the usual is said."""
    lines = []
    asked = [one for one in fields(load_standard()).values() if one.indicator in INDICATORS]
    for one in asked:
        said = {
            name: str(value) if isinstance(value, Fraction) else value
            for name, value in msgspec.structs.asdict(one).items()
            if value not in ("", (), None, False) and (one.indicator or name not in UNSAID)
        }
        lines.append(msgspec.json.encode(said).decode())
    return "\n".join(lines) + "\n"


def test_every_field_is_as_written() -> None:
    assert page() == PAGE.read_text(encoding="utf-8"), HOW


GRID = Grid(
    id="fees",
    label="费用",
    sheet="money",
    section="三公",
    type="money",
    unit="万元",
    min=Fraction(0),
    help="填到分",
    source="决算表",
    rows=(
        Axis(id="car", label="公务用车", presets={"plan": Fraction(3)}),
        Axis(id="trips", label="出国", type="count", required=False, min=Fraction(1), help="次数"),
    ),
    columns=(
        Axis(id="plan", label="预算", max=Fraction(9)),
        Axis(id="share", label="比重", type="share", required=True, source="自行计算"),
    ),
)


def test_what_a_row_or_a_column_states_overrides_the_grid() -> None:
    plan = Input(
        id="fees_car_plan",
        label="公务用车—预算",
        sheet="money",
        section="三公",
        type="money",
        unit="万元",
        min=Fraction(0),
        max=Fraction(9),
        preset=Fraction(3),
        help="填到分",
        source="决算表",
    )
    share = msgspec.structs.replace(
        plan,
        id="fees_car_share",
        label="公务用车—比重",
        type="share",
        unit="",
        max=None,
        preset=None,
        source="自行计算",
    )
    trips = {"type": "count", "unit": "", "required": False, "min": Fraction(1), "help": "次数"}
    assert grid_inputs(GRID) == (
        plan,
        share,
        msgspec.structs.replace(
            plan, id="fees_trips_plan", label="出国—预算", preset=None, **trips
        ),
        msgspec.structs.replace(share, id="fees_trips_share", label="出国—比重", **trips),
    )


def test_a_field_says_what_its_input_says() -> None:
    standard = load_standard()
    known = fields(standard)
    for one in standard.inputs:
        field = known[one.id]
        for name in {*one.__struct_fields__}.intersection(field.__struct_fields__):
            assert getattr(field, name) == getattr(one, name)
        assert field.name_in_words == one.name_in_words == (one.short or one.label)
    assert {bool(one.short) for one in standard.inputs} == {True, False}


def test_a_column_has_a_name_of_its_table() -> None:
    assert column_name("kpis", "target") == "tbl_kpis_target"


def test_scores_of_rows_are_typed_in_their_rows() -> None:
    standard = load_standard("national-2020")
    by_rows = {one.id for one in standard.indicators if own_from_rows(one)}
    assert by_rows
    assert {one.id for one, _ in own_rows(standard, "kpis")} == by_rows
    assert own_rows(standard, "no-such-table") == ()
    assert fields(standard).keys().isdisjoint({f"self_{one}" for one in by_rows})


@pytest.mark.parametrize(
    ("weight", "places", "full"),
    [
        (Fraction(5), 2, Fraction(5)),
        (Fraction(61, 3), 2, Fraction(2033, 100)),
        (Fraction(62, 3), 2, Fraction(2067, 100)),
        (Fraction(61, 3), 0, Fraction(20)),
        (Fraction(5, 2), 0, Fraction(3)),
        (Fraction(1, 3), 1, Fraction(3, 10)),
    ],
)
def test_full_marks_are_the_weight_in_the_places_of_scores(
    weight: Fraction, places: int, full: Fraction
) -> None:
    standard = load_standard()
    indicator = msgspec.structs.replace(standard.indicators[0], weight=weight)
    assert full_score(indicator, places) == full
    rounded = msgspec.structs.replace(
        standard,
        indicators=(indicator,),
        rounding=msgspec.structs.replace(standard.rounding, places=places),
    )
    own = fields(rounded)[f"self_{indicator.id}"]
    assert (own.min, own.max) == (Fraction(0), max(full, weight))


if __name__ == "__main__":
    print(page(), end="")
