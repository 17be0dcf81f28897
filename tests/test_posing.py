"""A question is the same for its seed, its key is the worksheet's, its wrong answers are wrong."""

from __future__ import annotations

import pytest

from formulation.errors import FormulationError
from formulation.families import family
from formulation.posing import pose

EACH = [
    (one, level, kind)
    for one in (family("stock-to-take"), family("metric"), family("give-this-dose"))
    for level in (1, 2, 3, 4)
    for kind in one.kinds_at(level)
]
IDS = [f"{one.name}-{level}-{kind}" for one, level, kind in EACH]


@pytest.mark.parametrize(
    ("one", "level", "kind"), EACH, ids=[f"{a.name}-{b}-{c}" for a, b, c in EACH]
)
def test_the_same_seed_gives_the_same_question(one, level, kind):
    assert pose(one, 3, level, kind) == pose(one, 3, level, kind)


@pytest.mark.parametrize(
    ("one", "level", "kind"), EACH, ids=[f"{a.name}-{b}-{c}" for a, b, c in EACH]
)
def test_one_choice_is_right_and_no_two_are_alike(one, level, kind):
    for seed in range(5):
        found = pose(one, seed, level, kind)
        assert sum(option.right for option in found.options) == 1
        assert len({option.text for option in found.options}) == len(found.options) >= 2


def test_a_level_that_there_is_not_is_refused():
    with pytest.raises(FormulationError, match="no calculate question at level 5"):
        pose(family("stock-to-take"), 1, 5)


def test_a_family_that_there_is_not_is_refused_with_the_nearest():
    with pytest.raises(FormulationError) as refused:
        family("stock-to-tke")
    assert refused.value.fix == "did you mean stock-to-take?"
