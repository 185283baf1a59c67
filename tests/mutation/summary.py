"""What became of a room's mutants, in words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.mutation.trial import Trial


def summary(trial: Trial) -> str:
    """A line for each mutant that was not noticed, then one for each module and for all."""
    left = sorted(trial.left, key=lambda one: (one[0].function.path, one[0].line, one[0].change))
    told = [
        f"{one.function.path.name}:{one.line} {one.function.name}, {asked} tests: {one.change}"
        for one, asked in left
    ]
    shares = Counter(one.function.path for one, _ in left)
    untried = Counter(one.function.path for one in trial.untried)
    told += [_share(path, made, shares[path], untried[path]) for path, made in trial.made.items()]
    told.append(_share(None, trial.made.total(), shares.total(), untried.total()))
    return "\n".join(told)


def _share(path: Path | None, made: int, left: int, untried: int) -> str:
    noticed = made - left - untried
    share = 100 * noticed / (noticed + left or 1)
    name = path.name if path else "all"
    return (
        f"{name:24}{made:6} made{noticed:6} noticed{left:5} left{untried:4} untried{share:7.1f} %"
    )
