"""The dated facts of a case study, in order of time."""

from dataclasses import dataclass

from casebook.model.models import CaseStudy, Cost

_FEWEST = 3
"""Fewer dated facts say no more than the period."""


@dataclass(frozen=True)
class Event:
    when: str
    text: str
    anchor: str = "facts"
    """Where the case study's page tells it."""
    cost: Cost | None = None
    is_end: bool = False
    """Whether it follows all else of the same year or month."""


def timeline_of(case: CaseStudy) -> tuple[Event, ...]:
    """Return what is dated, the earliest first; nothing if that is too little."""
    claims = (*case.outputs, *case.outcomes)
    events = [
        Event(case.began, "It began"),
        *(Event(one.when, one.what, f"claim-{one.id}") for one in claims if one.when),
        *(Event(one.year, one.what, f"claim-{one.id}", one) for one in case.costs if one.year),
        *(Event(one.date, one.text, f"claim-{one.id}") for one in case.updates),
    ]
    if end := case.ended or case.told_until:
        events.append(Event(end, "It ended" if case.ended else "The last that any source tells", is_end=True))
    events.sort(key=lambda event: f"{event.when}~" if event.is_end else event.when)
    return tuple(events) if len(events) >= _FEWEST else ()
