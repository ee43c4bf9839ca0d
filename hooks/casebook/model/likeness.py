"""Case studies by councils like a given one, each with the reason."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from casebook.model.catalogue import Catalogue
from casebook.model.models import CaseStudy, Council

MAX_ALIKE = 12
_STEP = 1.0
"""Places are alike up to one step on one scale: twice as many people, the next kind of countryside, ..."""


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """A case study, and why it is shown to a council that it is not about."""

    case: CaseStudy
    because: str


def like(mine: Council, catalogue: Catalogue) -> tuple[list[Likeness], int]:
    """Return the first case studies by councils that have something in common with it, and their number.

    The most alike come first: councils of its nation alike in people, countryside and deprivation; then
    those of its kind and region, of its kind and nation, of its region, and of its nation.
    """
    councils = filter(catalogue.exists, catalogue.active_councils)
    ranked = sorted(((_kinship(other, mine), other) for other in councils), key=lambda found: found[0])
    own = catalogue.listed(mine)
    told, found = {case.slug for case in own}, list[Likeness]()
    for (reason, _), other in ranked:
        if reason == len(_REASONS) or len(found) == MAX_ALIKE:
            break
        for case in catalogue.listed(other):
            if len(found) < MAX_ALIKE and case.slug not in told:
                told.add(case.slug)
                found.append(Likeness(case=case, because=f"{other.name}, {_REASONS[reason][1](other)}"))
    here = next(nation for nation in catalogue.nations if nation.id == mine.nation.id)
    return found, len(catalogue.about(here)) - len(own)


def _kinship(other: Council, mine: Council) -> tuple[int, float]:
    """Return the index of the first reason that applies, and how unlike the places are."""
    away = math.dist(other.scales, mine.scales) if other.scales and mine.scales else math.inf
    fits = (number for number, (applies, _) in enumerate(_REASONS) if applies(other, mine, away))
    return next(fits, len(_REASONS)), away


def _lower(kind: str) -> str:
    is_name = kind.startswith(("London", "Welsh", "Scottish", "Northern"))
    return kind if is_name else kind[0].lower() + kind[1:]


_REASONS: tuple[tuple[Callable[[Council, Council, float], bool], Callable[[Council], str]], ...] = (
    (
        lambda one, mine, away: one.nation.id == mine.nation.id and away <= _STEP,
        lambda one: "alike in people, countryside and deprivation",
    ),
    (
        lambda one, mine, away: (one.kind.id, one.area.id) == (mine.kind.id, mine.area.id),
        lambda one: f"another {_lower(one.kind.title)} in {one.area.title}",
    ),
    (
        lambda one, mine, away: (one.kind.id, one.nation.id) == (mine.kind.id, mine.nation.id),
        lambda one: f"another {_lower(one.kind.title)} in {one.nation.title}",
    ),
    (lambda one, mine, away: one.area.id == mine.area.id, lambda one: f"also in {one.area.title}"),
    (lambda one, mine, away: one.nation.id == mine.nation.id, lambda one: f"also in {one.nation.title}"),
)
