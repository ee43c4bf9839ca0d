"""What the fields of a case study must be to each other. Each rule is a generator; its docstring is the rule.

Most stand in the schema, under its own keywords `inOrder`, `exactlyOne` and `atLeastOne`.
"""

from collections.abc import Iterator, Mapping

from casebook.content import Document, FieldPath, Problem, shown
from casebook.model import Council, earliest, nearest_field, runs_forwards
from casebook.validation.schema import Pattern, Surroundings


def in_order(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Of two fields that the schema has in order, the second is not before the first, or less."""
    for first, second in around.schema.relations("inOrder"):
        for path, before in document.each(*first):
            other = _beside(path, second)
            after = document.text(*other)
            day = earliest(before)
            is_to_come = day and day > around.today  # which is reported already
            if is_to_come or _is_in_order(before, after):
                continue
            name, place = "in-order" if earliest(after) else "in-order.number", other
            if "*" in first and "*" not in second:
                name, place = "in-order.late", path
            titles = _titles(path, other, around)
            yield document.problem(
                place, *around.say(name, before=shown(before), after=shown(after), **titles)
            )


def exactly_one(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Of two fields that exclude each other there is one."""
    said = set()
    for one, other in around.schema.relations("exactlyOne"):
        for owner in _owners(document, one):
            paths = (*owner, one[-1]), _beside((*owner, one[-1]), other)
            titles = _titles(paths[0], paths[1], around)
            given = [path for path in paths if document.at(path) is not None]
            if len(given) == len(paths) and all(map(document.at, paths)):
                yield document.problem(given[1], *around.say("exactly-one", **titles))
            elif not given and owner not in said:
                said.add(owner)
                yield document.problem(owner, *around.say("exactly-one.missing", **titles), field=paths[0])


def at_least_one(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Of two fields there is at least one."""
    for one, other in around.schema.relations("atLeastOne"):
        if document.at(one) is None and document.at(other) is None:
            titles = _titles(one, other, around)
            yield document.problem((), *around.say("at-least-one", **titles), field=one)


def ends_only_if_over(document: Document, around: Surroundings) -> Iterator[Problem]:
    """There is a `period.to` only where the status says that it came to an end."""
    known = around.schema.choices["status"]
    for _, status in document.each("status"):
        if document.at(("period", "to")) and status in known and status not in around.schema.over:
            yield document.problem(("period", "to"), *around.say("ends-only-if-over", status=status))


def not_found_is_not_answered(document: Document, around: Surroundings) -> Iterator[Problem]:
    """No question is both answered and not found."""
    for path, id in document.each("not_found", "*"):
        if document.at(("questions", id)) is not None:
            yield document.problem(path, *around.say("not-found-is-not-answered", id=shown(id)))


def ids_differ(document: Document, around: Surroundings) -> Iterator[Problem]:
    """No two claims of a case study have one id, and none has that of a key question: its answer has it."""
    seen = dict.fromkeys(around.schema.vocabularies["questions"].terms, "question")
    for pattern in around.schema.claim_ids:
        for path, id in document.each(*pattern):
            if id in seen:
                yield document.problem(path, *around.say(f"ids-differ.{seen[id]}", id=shown(id)))
            seen.setdefault(id, "claim")


def evidence_cites_its_kind(document: Document, around: Surroundings) -> Iterator[Problem]:
    """What the press says cites the press, and independent evaluation somebody besides councils."""
    kinds = {path[1]: kind for path, kind in document.each("sources", "*", "kind")}
    for path, evidence in document.each("outcomes", "*", "evidence"):
        sources = document.each("outcomes", "*", "sources", "*")
        cited = {kinds.get(id) for place, id in sources if place[1] == path[1]}
        if evidence == "press" and cited and cited.isdisjoint({"press", None}):
            yield document.problem(path, *around.say("press-evidence-cites-the-press"))
        if evidence == "independent-evaluation" and cited == {"council"}:
            yield document.problem(path, *around.say("evaluations-are-independent"))


def councils_had_begun(document: Document, around: Surroundings) -> Iterator[Problem]:
    """No council began after the case study's period ended."""
    first = document.text("period", "from")
    last = document.text("period", "to") or document.text("told_until")
    if not runs_forwards(first, last):
        return
    councils: Mapping[str, Council] = around.schema.terms(Council)
    for path, id in document.each("councils", "*"):
        start = councils[id].start if id in councils else None
        if start and not runs_forwards(start.isoformat(), last):
            words = around.say("councils-had-begun", id=id, start=start, last=shown(last))
            yield document.problem(path, *words)


def dates_are_plausible(document: Document, around: Surroundings) -> Iterator[Problem]:
    """No date lies ahead, or absurdly early: a day on which somebody read a page is of this century."""
    for pattern in around.schema.dates:
        field = nearest_field(around.schema.fields, pattern)
        first = 2000 if field and field.format == "day" else 1800
        for path, text in document.each(*pattern):
            day = earliest(text)
            if day and day > around.today:
                yield document.problem(path, *around.say("dates-have-come", date=text, today=around.today))
            elif day and day.year < first:
                yield document.problem(path, *around.say("dates-are-plausible", date=text, first=str(first)))


def _owners(document: Document, pattern: Pattern) -> Iterator[FieldPath]:
    """The path of each group of fields that the pattern's last step lies in."""
    if pattern[1] != "*":
        yield from [pattern[:1]] if isinstance(document.at(pattern[:1]), dict) else []
        return
    rows = document.at(pattern[:1])
    keys = rows if isinstance(rows, dict) else range(len(rows)) if isinstance(rows, list) else ()
    yield from ((pattern[0], key) for key in keys if isinstance(document.at((pattern[0], key)), dict))


def _beside(path: FieldPath, pattern: Pattern) -> FieldPath:
    """The path that fits the pattern in the same entry."""
    return tuple(path[step] if part == "*" else part for step, part in enumerate(pattern))


def _is_in_order(before: str, after: str) -> bool:
    """Whether two numbers, or two dates, are; what is neither is passed over."""
    if all(text.isascii() and text.isdigit() for text in (before, after)):
        return (len(before), before) <= (len(after), after)  # no number begins with a nought
    return not (earliest(before) and earliest(after)) or runs_forwards(before, after)


def _titles(one: FieldPath, other: FieldPath, around: Surroundings) -> dict[str, str]:
    """Return what two fields are called in the file, for a message; the form says their labels."""
    found = (nearest_field(around.schema.fields, path) for path in (one, other))
    return dict(zip(("title", "other"), (field.called if field else "" for field in found), strict=True))


RELATIONS = (
    in_order,
    exactly_one,
    at_least_one,
    ends_only_if_over,
    not_found_is_not_answered,
    ids_differ,
    evidence_cites_its_kind,
    councils_had_begun,
    dates_are_plausible,
)
