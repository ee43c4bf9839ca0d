"""What becomes of one case study: its two versions, told apart as a maintainer would ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from casebook.content import Document
from casebook.maintenance import flags, impact
from casebook.maintenance.diff import Change, changes, line, outcomes, paired, statements
from casebook.maintenance.flags import Hint, Likeness
from casebook.maintenance.snapshot import Touched
from casebook.validation import reading_age_of

_SAME_CASE = 0.5
"""A new file that states so much of what a removed one did is that one, renamed."""
_TOLD_ELSEWHERE = ("title", "summary", "councils", "themes", "powers")
"""Where the statements of a new case study stand that are told as its title, summary and tags."""


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
    """The address to which the same source led before."""

    @property
    def moves(self) -> bool:
        """Whether a source that was there leads to another host by now: nobody sees it on the page."""
        return bool(self.was) and flags.host(self.was) != self.host


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What an outcome that was told before is said to be by now."""

    what: str
    field: str
    """result or evidence."""
    before: str
    after: str
    """Empty if the outcome is gone."""


@dataclass(frozen=True, kw_only=True)
class CaseReview:
    """What becomes of one case study."""

    what: str
    """added, changed, renamed or removed."""
    file: str
    old_file: str = ""
    """Of a renamed one."""
    title: str = ""
    summary: str = ""
    """Of a new one."""
    can_be_read: bool = True
    tags_gained: tuple[str, ...] = ()
    tags_lost: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    """Of a new one, all that is told nowhere else here; of a removed one, none."""
    judgements: tuple[Judgement, ...] = ()
    sources: tuple[NewSource, ...] = ()
    personal_data: tuple[Hint, ...] = ()
    likenesses: tuple[Likeness, ...] = ()
    reading_age: int = 0
    old_reading_age: int = 0


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The two versions of one case study; either may be missing, or be nothing that can be read."""

    what: str
    file: str
    old_file: str
    before: Document | None
    after: Document | None


def pairs(touched: Iterable[Touched], before: impact.Side, after: impact.Side) -> list[Pair]:
    """The versions of each touched case study, in the order of their files."""
    old, new = ({one.file: one for one in side.documents} for side in (before, after))
    files = {one.path: one.what for one in touched}
    removed = {file: old[file] for file, what in files.items() if what == "removed" and file in old}
    found = []
    for file in [file for file, what in files.items() if what == "added" and file in new]:
        old_file = _renamed_from(new[file], removed.values())
        if old_file:
            found.append(_pair("renamed", file, old_file, removed.pop(old_file), new[file]))
            del files[file], files[old_file]
    found += [_pair(what, file, file, old.get(file), new.get(file)) for file, what in files.items()]
    return sorted(found, key=lambda pair: pair.file)


def case_review(pair: Pair, before: impact.Side, after: impact.Side) -> CaseReview:
    """Tell what becomes of one case study."""
    old, new = pair.before, pair.after
    tell = partial(CaseReview, what=pair.what, file=pair.file)
    if pair.what == "removed":
        title = flags.title(old) if old else ""
        return tell(title=title, tags_lost=impact.tags(old, before.schema))
    if not new:
        return tell(can_be_read=False)
    had, has = impact.tags(old, before.schema), impact.tags(new, after.schema)
    return tell(
        old_file=pair.old_file if pair.what == "renamed" else "",
        title=flags.title(new),
        summary="" if old else flags.text(new, "summary"),
        tags_gained=tuple(tag for tag in has if tag not in had),
        tags_lost=tuple(tag for tag in had if tag not in has),
        changes=changes(statements(old), statements(new)) if old else _told(new),
        judgements=_judgements(old, new) if old else (),
        sources=_new_sources(old, new, before.documents),
        personal_data=_new_hints(old, new, before.documents),
        likenesses=() if old else flags.likenesses(new, after.documents),
        reading_age=reading_age_of(new),
        old_reading_age=reading_age_of(old) if old else 0,
    )


def _pair(what: str, file: str, old_file: str, before: Document | None, after: Document | None) -> Pair:
    return Pair(what=what, file=file, old_file=old_file, before=before, after=after)


def _renamed_from(document: Document, removed: Iterable[Document]) -> str:
    """The file of the removed case study that states most of what this one does, if it is enough."""
    shares = {other.file: _share(document, other) for other in removed}
    likest = max(shares, key=lambda file: shares[file], default="")
    return likest if shares.get(likest, 0) >= _SAME_CASE else ""


def _share(one: Document, other: Document) -> float:
    """How much of what one states the other states in the same words."""
    stated, others = statements(one), statements(other)
    return sum(texts == others.get(field) for field, texts in stated.items()) / max(len(stated), 1)


def _told(document: Document) -> tuple[Change, ...]:
    found = changes({}, statements(document))
    return tuple(change for change in found if not change.field.startswith(_TOLD_ELSEWHERE))


def _judgements(old: Document, new: Document) -> tuple[Judgement, ...]:
    before, after = ({line(one): one for one in outcomes(document)} for document in (old, new))
    return tuple(
        Judgement(what=str(was.get("what", "")), field=field, before=str(was.get(field, "")), after=said)
        for gone, come in paired(tuple(before), tuple(after))
        if gone
        for was, now in ((before[gone], after.get(come, {})),)
        for field in (("result", "evidence") if now else ("result",))
        if (said := str(now.get(field, ""))) != was.get(field)
    )


def _new_sources(
    old: Document | None, new: Document, everywhere: Iterable[Document]
) -> tuple[NewSource, ...]:
    had = {address for _, address in flags.links(old)} if old else set()
    known = {flags.host(address) for document in everywhere for _, address in flags.links(document)}
    given = {address: title for title, address in flags.links(new) if address not in had}
    moved = _moved(old, new) if old else {}
    return tuple(
        NewSource(
            title=title, address=address, host=host, is_new_host=host not in known, was=moved.get(address, "")
        )
        for address, title in given.items()
        for host in (flags.host(address),)
    )


def _moved(old: Document, new: Document) -> dict[str, str]:
    """By the new address of each source that has another, the old one. It keeps its id, or its title."""
    (ids, titles), now = _addresses(old), new.each("sources", "*", "url")
    return {
        address: was
        for path, address in now
        if (was := ids.get(path[1], titles.get(flags.text(new, "sources", path[1], "title"), ""))) != address
    }


def _addresses(document: Document) -> tuple[dict[str | int, str], dict[str, str]]:
    """The addresses of its sources, by their ids and by their titles."""
    ids = {path[1]: address for path, address in document.each("sources", "*", "url")}
    return ids, {flags.text(document, "sources", id, "title"): address for id, address in ids.items()}


def _new_hints(old: Document | None, new: Document, everywhere: Iterable[Document]) -> tuple[Hint, ...]:
    had = {hint.text for hint in flags.personal_data(old)} if old else set()
    found = tuple(hint for hint in flags.personal_data(new) if hint.text not in had)
    names = flags.names(new, everywhere)
    return (*found, *(name for name in names if not any(name.text in hint.text for hint in found)))
