"""One standard, one hash: however it came here; and the hash that early builds issued."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

from workbook_tools.standard import Standard, is_hash_of, load_standard, standard_hash
from workbook_tools.standard.fingerprint import content_hash
from workbook_tools.standard.inputs import Input
from workbook_tools.standard.model import Erratum, Grade, Indicator, Level, Rounding, Tolerances
from workbook_tools.standard.rules import AtLeast, Checklist, Item, Steps
from workbook_tools.standard.tables import Formula
from workbook_tools.standard.vocabulary import Vocabulary

LAKESIDE = Path(__file__).parents[2] / "docs" / "examples" / "lakeside-2023.yaml"


def _anew(value: Any) -> Any:
    """A value made anew down to its texts, with every default spelled out."""
    match value:
        case msgspec.Struct():
            given = {name: _anew(getattr(value, name)) for name in value.__struct_fields__}
            return type(value)(**given)
        case tuple():
            return tuple([_anew(each) for each in value])
        case dict():
            return {key: _anew(each) for key, each in reversed(list(value.items()))}
        case str():
            return value.encode().decode()
        case Fraction():
            return Fraction(value.numerator, value.denominator)
        case _:
            return value


def _number(value: object) -> float | str:
    """A fraction as JSON has it: a number if that is exact, else a text such as ``2/3``."""
    assert isinstance(value, Fraction)
    return float(value) if Fraction(str(float(value))) == value else str(value)


def _from_file(content: object, folder: Path) -> Standard:
    path = folder / "again.yaml"  # JSON is YAML
    path.write_bytes(msgspec.json.encode(content, enc_hook=_number))
    return load_standard(path)


WAYS: dict[str, Callable[[Standard, Path], Standard]] = {
    "pickled": lambda standard, _: pickle.loads(pickle.dumps(standard)),
    "pickled by an old protocol": lambda standard, _: pickle.loads(pickle.dumps(standard, 2)),
    "pickled twice": lambda standard, _: pickle.loads(
        pickle.dumps(pickle.loads(pickle.dumps(standard)))
    ),
    "copied": lambda standard, _: copy.copy(standard),
    "copied deeply": lambda standard, _: copy.deepcopy(standard),
    "replaced": lambda standard, _: msgspec.structs.replace(standard),
    "a part replaced by its equal": lambda standard, _: msgspec.structs.replace(
        standard, rounding=_anew(standard.rounding), vocabulary=_anew(standard.vocabulary)
    ),
    "made anew": lambda standard, _: _anew(standard),
    "through JSON": _from_file,
    "through JSON, from a worker": lambda standard, folder: _from_file(
        pickle.loads(pickle.dumps(standard)), folder
    ),
    "through msgpack": lambda standard, folder: _from_file(
        msgspec.msgpack.decode(msgspec.msgpack.encode(standard, enc_hook=_number)), folder
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", [None, LAKESIDE], ids=["shipped", "example"])
def test_a_standard_has_one_hash_whatever_way_it_came(
    way: str, name: Path | None, tmp_path: Path
) -> None:
    standard = load_standard(name)

    again = WAYS[way](standard, tmp_path)

    assert standard_hash(again) == standard_hash(standard)
    assert is_hash_of(standard_hash(standard), again)


TINY = Standard(
    schema=1,
    id="tiny",
    version="1",
    title="小标准",
    basis="无",
    tolerances=Tolerances(score=Fraction(1, 200), amount_per_term=Fraction(1, 100)),
    grades=(Grade(name="优", at_least=Fraction(90)),),
    levels=(Level(id="all", name="全部", weight=Fraction(3)),),
    sheets=(),
    inputs=(),
    indicators=(
        Indicator(
            id="rules",
            level="all",
            name="制度",
            weight=Fraction(1),
            meaning="有无制度",
            criteria="有得 1 分",
            rule=Checklist(items=(Item(text="有制度", points=Fraction(1)),)),
        ),
        Indicator(
            id="spending",
            level="all",
            name="执行率",
            weight=Fraction(2),
            meaning="支出与预算",
            criteria="每低 5% 扣 1 分",
            measure="spent / budget",
            rule=AtLeast(limit=Fraction(1), below=Steps(size=Fraction(1, 20), deduct=Fraction(1))),
            zero="full",
        ),
    ),
)
# What early builds wrote into templates of this standard, as reckoned by its own code:
ISSUED_BY_ITSELF = "a22c8d110736ed414e28391258072a2c68be22412d7050b8ce772cbb8dc59538"
SCHEMA_2_WITH_ITS_VOCABULARY = "a7002e7f90010932fa6cb31c88ef23169423475ea827b691817180df9e89b59c"
ISSUED_BY_ITS_WORKERS = "e8bd464db9c5fc3dcec913d38d5838cb2950489b3c9a7174eed576c6666fc91a"


def test_the_vocabulary_of_schema_2_is_apart_and_templates_that_went_out_with_it_stay_known() -> (
    None
):
    before = msgspec.structs.replace(TINY, schema=2)
    spoken = msgspec.structs.replace(before, vocabulary=Vocabulary(uncertain=("预计",)))

    assert standard_hash(spoken) == standard_hash(before)
    assert content_hash(spoken) != content_hash(before)
    assert is_hash_of(SCHEMA_2_WITH_ITS_VOCABULARY, spoken)
    assert not is_hash_of(SCHEMA_2_WITH_ITS_VOCABULARY, before)


def test_templates_that_are_out_stay_known() -> None:
    worker = pickle.loads(pickle.dumps(TINY))

    assert standard_hash(TINY) == standard_hash(worker) == ISSUED_BY_ITSELF
    for standard in TINY, worker:
        assert is_hash_of(ISSUED_BY_ITSELF, standard)
        assert is_hash_of(ISSUED_BY_ITS_WORKERS, standard)


OTHERS = {
    "another title": msgspec.structs.replace(TINY, title="大标准"),
    "another rounding": msgspec.structs.replace(TINY, rounding=Rounding(places=1)),
    "other words": msgspec.structs.replace(TINY, vocabulary=Vocabulary(uncertain=("预计",))),
    "one indicator less": msgspec.structs.replace(TINY, indicators=TINY.indicators[1:]),
    "another zero": msgspec.structs.replace(
        TINY,
        indicators=(
            msgspec.structs.replace(TINY.indicators[0], zero="full"),
            *TINY.indicators[1:],
        ),
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_standard_is_not_taken_for_it(name: str) -> None:
    other = OTHERS[name]
    for issued in ISSUED_BY_ITSELF, ISSUED_BY_ITS_WORKERS, "", "abc":
        assert not is_hash_of(issued, other)
    assert not is_hash_of(standard_hash(other), TINY)


RULED = Erratum(id="e", indicator="i", contradiction="前后不一。", ruling="按后者。")
FIGURE = Formula(id="left", label="结余", unit="万元", formula="budget - spent")
WITH_WORDS = msgspec.structs.replace(
    TINY,
    inputs=(Input(id="budget", label="预算", sheet="money", section="收支", type="money"),),
    derived=(FIGURE,),
    errata=(RULED,),
)
SAID_APART: dict[str, dict[str, Any]] = {
    "another reading": {
        "errata": (msgspec.structs.replace(RULED, other_reading="按前者也列出。"),)
    },
    "other names in reports": {
        "inputs": (msgspec.structs.replace(WITH_WORDS.inputs[0], also_called=("预算数",)),)
    },
    "headings of reports": {"vocabulary": Vocabulary(headings=("附件",))},
    "an implausible amount": {
        "tolerances": msgspec.structs.replace(TINY.tolerances, implausible_amount=Fraction(10**6))
    },
    "how a result is written": {"derived": (msgspec.structs.replace(FIGURE, type="money"),)},
}


@pytest.mark.parametrize("name", SAID_APART)
def test_what_concerns_no_template_and_no_score_leaves_the_hash_alone(name: str) -> None:
    other = msgspec.structs.replace(WITH_WORDS, **SAID_APART[name])

    assert standard_hash(other) == standard_hash(WITH_WORDS)
    assert is_hash_of(standard_hash(WITH_WORDS), other)


def test_shipped_templates_that_are_out_stay_known() -> None:
    issued = {
        "755dc2f49129065da65621a8a94cdc2bc5a8baf58f14c7ebbcbef1aa7c7633f1": "hunan-county-2020",
        "fef6d169e3cee3e83464e89c9e2035e13a6a6baaf636f640ded975aba9f7f70b": "hunan-county-2020",
        "e352c89b3b7e9ea21bfb63e9e2a90c823642bae3444dba550929249ced9427cc": "hunan-county-2020",
        "4a876abe1a61cc6fd5c8cfc49397a956cadd6bef068d34d75c52c52c2cc23bf3": "national-2020",
        "bf281a1fe2e21a7679b4407b4387e46e92ebe05f015034a9d05df1483ac437d2": "national-2020",
        "ac647f87859fe3ccf2dad2b2a793b3abf12ad191b08faadf8d0d95d9cd92c482": "national-2020",
        "c8dcc1132ef54bc7fcf73eb05aae1e0b51b91b701781f9e2501af14e0afe13a3": "project-2020",
        "f34b454d7d6648068b3b2916f1a27e749440ac2eae28a13c28fcb649dbe930cb": "project-2020",
        "56b968861e812481c29ed51211eb898731110e0724f1f7629cf12999d19b91cd": "project-2020",
    }
    for digest, name in issued.items():
        assert is_hash_of(digest, load_standard(name)), name
