"""The dated facts of a case study, in order of time."""

from typing import NamedTuple

from casebook.model.models import CaseStudy, Cost

_FEWEST = 3
"""Fewer dated facts say no more than the period."""


class Event(NamedTuple):
    when: str
    text: str
    anchor: str = "facts"
    """Where the case study's page tells it."""
    cost: Cost | None = None


def timeline_of(case: CaseStudy) -> tuple[Event, ...]:
    """Return what is dated, the earliest first; nothing if that is too little."""
    end = Event(case.ended or case.told_until, "It ended" if case.ended else "The last that any source tells")
    claims = [(claim.when, claim.what, claim.id, None) for claim in (*case.outputs, *case.outcomes)]
    claims += [(update.date, update.text, update.id, None) for update in case.updates]
    costs = [(cost.year, cost.what, cost.id, cost) for cost in case.costs]
    told = (Event(when, text, f"claim-{id}", cost) for when, text, id, cost in (*claims, *costs))
    dated = [event for event in (Event(case.began, "It began"), *told, end) if event.when]
    dated.sort(
        key=lambda event: f"{event.when}~" if event is end else event.when
    )  # all of a year is before its end
    return tuple(dated) if len(dated) >= _FEWEST else ()
