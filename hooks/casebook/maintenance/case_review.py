"""What changes in one case study, by the questions that a maintainer asks of its two versions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from casebook.content import Document
from casebook.maintenance import flags
from casebook.maintenance.diff import Change, changes, line, paired, statements
from casebook.maintenance.flags import Hint, Likeness
from casebook.maintenance.git import ChangedFile
from casebook.model import FACETS
from casebook.validation import Examination, Schema, is_empty, reading_age_of

_SAME_CASE = 0.5
"""A new file that repeats this share of a removed one's statements is that one, renamed."""
_SHOWN_ELSEWHERE = ("title", "summary", "councils", "themes", "powers")
"""Fields of a new case study that the review shows as its title, summary and tags."""


@dataclass(frozen=True)
class Side(Examination):
    """One side of a review. It has a schema even if its own vocabularies have mistakes."""

    schema: Schema


@dataclass(frozen=True, kw_only=True)
class NewSource:
    """An address that the base's version of the case study did not have."""

    title: str
    """Empty for a link in the body."""
    address: str
    host: str
    is_new_host: bool
    """Whether no case study of the base leads to this host."""
    was: str = ""

    @property
    def moves(self) -> bool:
        """Whether an existing source now leads to another host, which its page does not show."""
        return bool(self.was) and self.old_host != self.host

    @property
    def old_host(self) -> str:
        return flags.host(self.was)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A changed rating of an outcome that the base has, too."""

    what: str
    field: str
    """result or evidence."""
    before: str
    after: str
    """Empty if the outcome is gone."""


@dataclass(frozen=True, kw_only=True)
class CaseReview:
    what: str
    """added, changed, renamed or removed."""
    file: str
    old_file: str = ""
    """Of a renamed one."""
    leads_on: bool = False
    """Whether its old address does, because `former` lists it."""
    title: str = ""
    summary: str = ""
    """Of a new one."""
    can_be_read: bool = True
    tags_gained: tuple[str, ...] = ()
    tags_lost: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    """Of a new one, all statements that no other field shows; of a removed one, none."""
    judgements: tuple[Judgement, ...] = ()
    sources: tuple[NewSource, ...] = ()
    personal_data: tuple[Hint, ...] = ()
    likenesses: tuple[Likeness, ...] = ()
    empty_answers: tuple[str, ...] = ()
    """The questions whose answer is new, and only says that no source answers."""
    stale_added: str = ""
    """Of a new one: its `added`, if a case study of the base joined later."""
    reading_age: int = 0
    old_reading_age: int = 0

    @property
    def figures_gone(self) -> tuple[str, ...]:
        """Those of all its changes; `figures_new` is the reverse."""
        return tuple(figure for change in self.changes for figure in change.figures_gone)

    @property
    def figures_new(self) -> tuple[str, ...]:
        return tuple(figure for change in self.changes for figure in change.figures_new)


class Pair(NamedTuple):
    """The two versions of one case study; either may be missing or unreadable."""

    what: str
    file: str
    old_file: str
    before: Document | None
    after: Document | None


def pairs(changed: Iterable[ChangedFile], before: Side, after: Side) -> list[Pair]:
    """Return the versions of each case study that changes, in the order of their files."""
    old, new = ({document.file: document for document in side.documents} for side in (before, after))
    files = {file.path: file.what for file in changed}
    removed = {file: old[file] for file, what in files.items() if what == "removed" and file in old}
    found = []
    for file in [file for file, what in files.items() if what == "added" and file in new]:
        old_file = _renamed_from(new[file], removed.values())
        if old_file:
            found.append(Pair("renamed", file, old_file, removed.pop(old_file), new[file]))
            del files[file], files[old_file]
    found += [Pair(what, file, file, old.get(file), new.get(file)) for file, what in files.items()]
    return sorted(found, key=lambda pair: pair.file)


def case_review(pair: Pair, before: Side, after: Side) -> CaseReview:
    """Compare the two versions of one case study."""
    old, new = pair.before, pair.after
    review = partial(CaseReview, what=pair.what, file=pair.file)
    if pair.what == "removed":
        title = flags.title(old) if old else ""
        return review(title=title, tags_lost=_tags(old, before.schema))
    if not new:
        return review(can_be_read=False)
    had, has = _tags(old, before.schema), _tags(new, after.schema)
    return review(
        old_file=pair.old_file if pair.what == "renamed" else "",
        leads_on=FilePath(pair.old_file).stem in dict(new.each("former", "*")).values(),
        title=flags.title(new),
        summary="" if old else new.text("summary"),
        tags_gained=tuple(tag for tag in has if tag not in had),
        tags_lost=tuple(tag for tag in had if tag not in has),
        changes=changes(statements(old), statements(new)) if old else _other_changes(new),
        judgements=_judgements(old, new) if old else (),
        sources=_new_sources(old, new, before, after.schema),
        personal_data=_new_hints(old, new, before),
        likenesses=() if old else flags.likenesses(new, after.documents),
        empty_answers=tuple(_empty_answers(old, new)),
        stale_added="" if old else _stale_added(new, before.documents),
        reading_age=reading_age_of(new),
        old_reading_age=reading_age_of(old) if old else 0,
    )


def _tags(document: Document | None, schema: Schema) -> tuple[str, ...]:
    """Return its tags as vocabulary and id, such as "questions/risk". Unknown ids are left out."""
    values = {facet: document.data.get(facet) for facet in FACETS} if document else {}
    return tuple(
        f"{facet}/{id}"
        for facet, value in values.items()
        for id in (value if isinstance(value, (dict, list)) else ())
        if isinstance(id, str) and id in schema.vocabularies[facet].terms
    )


def _empty_answers(old: Document | None, new: Document) -> Iterator[str]:
    for path, text in new.each("questions", "*", "answer"):
        if is_empty(text) and not (old and old.at(path) == text):
            yield str(path[1])


def _stale_added(new: Document, others: Iterable[Document]) -> str:
    added = new.text("added")
    return added if any(other.text("added") > added for other in others) else ""


def _renamed_from(document: Document, removed: Iterable[Document]) -> str:
    """Return the removed file that shares most statements with this one; empty if they are too few."""
    shares = {other.file: _share(document, other) for other in removed}
    closest = max(shares, key=lambda file: shares[file], default="")
    return closest if shares.get(closest, 0) >= _SAME_CASE else ""


def _share(one: Document, other: Document) -> float:
    """Return the share of its statements that the other makes in the same words."""
    stated, others = statements(one), statements(other)
    return sum(texts == others.get(field) for field, texts in stated.items()) / max(len(stated), 1)


def _other_changes(document: Document) -> tuple[Change, ...]:
    found = changes({}, statements(document))
    return tuple(change for change in found if not change.field.startswith(_SHOWN_ELSEWHERE))


def _judgements(old: Document, new: Document) -> tuple[Judgement, ...]:
    before, after = ({line(outcome): outcome for outcome in _outcomes(document)} for document in (old, new))
    return tuple(
        Judgement(what=str(was.get("what", "")), field=field, before=str(was.get(field, "")), after=value)
        for gone, come in paired(tuple(before), tuple(after))
        if gone
        for was, now in ((before[gone], after.get(come, {})),)
        for field in (("result", "evidence") if now else ("result",))
        if (value := str(now.get(field, ""))) != was.get(field)
    )


def _outcomes(document: Document) -> list[Mapping[str, Any]]:
    """Return its outcomes, except those of the wrong shape."""
    given = document.data.get("outcomes")
    return [outcome for outcome in given if isinstance(outcome, dict)] if isinstance(given, list) else []


def _new_sources(old: Document | None, new: Document, base: Side, schema: Schema) -> tuple[NewSource, ...]:
    had = {address for _, address in flags.links(old, base.schema)} if old else set()
    known = {
        flags.host(address) for other in base.documents for _, address in flags.links(other, base.schema)
    }
    given = {address: title for title, address in flags.links(new, schema) if address not in had}
    moved = _moved(old, new) if old else {}
    return tuple(
        NewSource(
            title=title, address=address, host=host, is_new_host=host not in known, was=moved.get(address, "")
        )
        for address, title in given.items()
        for host in (flags.host(address),)
    )


def _moved(old: Document, new: Document) -> dict[str, str]:
    """Return old addresses by new ones, for sources that keep their id or title."""
    ids = {path[1]: address for path, address in old.each("sources", "*", "url")}
    titles = {old.text("sources", id, "title"): address for id, address in ids.items()}
    return {
        address: was
        for path, address in new.each("sources", "*", "url")
        if (was := ids.get(path[1], titles.get(new.text("sources", path[1], "title"), ""))) != address
    }


def _new_hints(old: Document | None, new: Document, before: Side) -> tuple[Hint, ...]:
    kinds = before.schema.personal_data
    had = {hint.text for hint in flags.personal_data(old, kinds)} if old else set()
    found = tuple(hint for hint in flags.personal_data(new, kinds) if hint.text not in had)
    names = flags.names(new, before.documents)
    return (*found, *(name for name in names if not any(name.text in hint.text for hint in found)))
