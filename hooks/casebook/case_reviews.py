"""What becomes of one case study: its two versions, told apart as a maintainer would ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from casebook import editorial, hints, listings
from casebook.documents import Document
from casebook.hints import Hint, Likeness
from casebook.loading import Examination
from casebook.statements import Change, changes, statements
from casebook.trees import Touched

_SAME_CASE = 0.5
"""A new file that states so much of what a removed one did is that one, renamed."""
_CLAIMS = ("questions.", "pledges.", "outcomes")
"""Where the statements stand that make a case study worth having."""


@dataclass(frozen=True, kw_only=True)
class NewSource:
    """An address that the base's version of the case study did not have."""

    title: str
    """Empty for a link in the body."""
    address: str
    host: str
    is_new_host: bool
    """Whether no case study of the base leads to this host."""


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
    """Of a new one, only what it answers and claims; of a removed one, none."""
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


def pairs(touched: Iterable[Touched], before: Examination, after: Examination) -> list[Pair]:
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


def case_review(pair: Pair, before: Examination, after: Examination) -> CaseReview:
    """Tell what becomes of one case study."""
    old, new = pair.before, pair.after
    tell = partial(CaseReview, what=pair.what, file=pair.file)
    if pair.what == "removed":
        title = hints.title(old) if old else ""
        return tell(title=title, tags_lost=listings.tags(old, before.schema))
    if not new:
        return tell(can_be_read=False)
    had, has = listings.tags(old, before.schema), listings.tags(new, after.schema)
    return tell(
        old_file=pair.old_file if pair.what == "renamed" else "",
        title=hints.title(new),
        summary="" if old else hints.text(new, "summary"),
        tags_gained=tuple(tag for tag in has if tag not in had),
        tags_lost=tuple(tag for tag in had if tag not in has),
        changes=changes(statements(old), statements(new)) if old else _claims(new),
        sources=_new_sources(old, new, before.documents),
        personal_data=_new_hints(old, new),
        likenesses=() if old else hints.likenesses(new, after.documents),
        reading_age=editorial.age(new),
        old_reading_age=editorial.age(old) if old else 0,
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


def _claims(document: Document) -> tuple[Change, ...]:
    found = changes({}, statements(document))
    return tuple(change for change in found if change.field.startswith(_CLAIMS))


def _new_sources(
    old: Document | None, new: Document, everywhere: Iterable[Document]
) -> tuple[NewSource, ...]:
    had = {address for _, address in hints.links(old)} if old else set()
    known = {hints.host(address) for document in everywhere for _, address in hints.links(document)}
    given = {address: title for title, address in hints.links(new) if address not in had}
    return tuple(
        NewSource(title=title, address=address, host=host, is_new_host=host not in known)
        for address, title in given.items()
        for host in (hints.host(address),)
    )


def _new_hints(old: Document | None, new: Document) -> tuple[Hint, ...]:
    had = {hint.text for hint in hints.personal_data(old)} if old else set()
    return tuple(hint for hint in hints.personal_data(new) if hint.text not in had)
