"""What the department gives itself, and what the bureau gives in place of our scores."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.submissions import submission
from workbook_tools.scoring import evaluate
from workbook_tools.standard import load_standard

WEIGHTS = {one.id: one.weight for one in load_standard().indicators}


@pytest.mark.parametrize(
    ("lost", "grade"), [("0", "优"), ("10", "优"), ("10.01", "良"), ("40.5", "差")]
)
def test_own_scores_add_up_and_have_a_grade(lost: str, grade: str) -> None:
    """The loss is spread evenly, as nobody would, over all 100 points."""
    share = 1 - Fraction(lost) / 100
    own = {f"self_{one}": weight * share for one, weight in WEIGHTS.items()}
    evaluation = evaluate(submission(own))
    assert (evaluation.self_total, evaluation.self_grade) == (100 - Fraction(lost), grade)
    del own["self_satisfaction"]
    incomplete = evaluate(submission(own))
    assert incomplete.self_total is None
    assert incomplete.self_grade is None


def test_a_review_score_stands_in_place_of_ours() -> None:
    """控制率 95/100 earns the full 5 points; the bureau gives 4 and, for one more, 3.5."""
    filled = {"staff_quota": 100, "staff_actual": 95}
    ours = evaluate(submission(filled))
    assert ours.review is None
    assert ours.ranked_by is ours.total
    assert ours.total.low == 5

    reviewed = evaluate(
        submission(filled | {"review_staff_control": 4, "review_satisfaction": 3.5})
    )
    assert reviewed.total.low == 5
    assert reviewed.review is not None
    assert (reviewed.review.low, reviewed.review.high) == (Fraction("7.5"), Fraction("97.5"))
    assert reviewed.ranked_by is reviewed.review
