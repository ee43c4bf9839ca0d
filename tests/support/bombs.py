"""Files made to hang, flood or crash whoever reads them, each as large as a file may be or larger."""

from collections.abc import Iterator

from casebook.content.document import MAX_BODY
from casebook.content.files import LONGEST_LINE

_FRONT = """---
title: A bomb
summary: A made-up council is told in so few words that the body may be as long as a file can be.
councils: [leeds]
themes: [climate-and-energy]
period: {from: 2022, to: 2024}
status: ended
questions: {capacity: {answer: The council paid a librarian to train the volunteers., sources: [a]}}
outcomes: [{id: longer, what: Open 40 hours a week, result: worked, evidence: self-reported, sources: [a]}]
sources:
  a: {title: Minutes, publisher: A council, kind: council, undated: true, accessed: 2026-01-30}
added: 2026-01-31
checked: 2026-01-31
---

## The problem

Said.[^a]

"""
_REST = "\n\n" + "\n\n".join(
    f"## {heading}\n\nSaid."
    for heading in ("What was done", "What happened", "What went wrong", "What others can learn")
)
_ROOM = MAX_BODY - 500
_PARAGRAPH = (
    "The council paid a [librarian](https://example.org/a) to *train* the volunteers, and asked its streets.[^a] "
    * 6
    + "\n\n"
)

BODIES = {
    "brackets": "[", "pairs": "[]", "images": "![", "links": "[a](", "deep-links": "[a](((((", "tags": "<a", "cdata": "<![CDATA[",
    "comments": "<!--", "instructions": "<?", "declarations": "<!A ", "open-strong": "**a", "open-emphasis": "*a", "stars": "*", "mixed-stars": "*_",
    "underscores": "_", "underscored": "_a", "alternating": "*a_ ", "less-than": "<", "ampersands": "&", "entities": "&#", "named-entities": "&a",
    "backticks": "`", "quotes": ">", "spaced-quotes": "> ", "tildes": "~", "struck": "~~a", "braces": "{:::::", "escapes": "\\", "autolinks": "<https:",
    "addresses": "www.a.", "mails": "a@a.", "hosts": "https://a", "plus-mails": "a+", "footnotes": "[^a]", "dangling": "[^x]", "open-footnotes": "[^", "pipes": "|", "cells": "|a",
    "bangs": "!", "closing": "]", "closed-links": "](a)", "nested-links": "[a](b", "reference": "[a][b", "tabs": "\t", "lists-in-one-line": "- ", "numbers": "1. ", "attributes": "<a b='",
    "marks": "e\u0301\u0302\u0303", "cyrillic": "a\u0430 ", "hashes": "#",
}  # fmt: skip
"""Pieces that are repeated until the file is full, in lines as long as they may be."""
IN_SHORT_LINES = set(
    "numbers quotes spaced-quotes lists-in-one-line footnotes mails mixed-stars addresses backticks".split()
)
"""Those of them that are as heavy, or heavier, in lines of the usual length."""
LINES = {
    "headings": "## a\n", "equal-headings": "### Same\n\nx\n\n", "deeper-headings": "# a\n\n###### b\n\nx\n\n", "setext": "a\n-\n", "fences": "```\n", "fences-of-their-own": "```\n\n~~~\n",
    "tables": "|a|\n|-|\n|b|\n\n", "definitions": "[a]: b\n", "abbreviations": "*[a]: b\n", "footnote-definitions": "[^b]: c\n", "items": "- a\n", "loose-items": "- a\n\n",
    "numbered": "1. a\n", "quoted": "> a\n", "lazy": "> a\nb\n", "blank": "\n", "spaces": "  \n", "divs": "<div>\n", "closed-divs": "</div>\n\n", "rules": "* * *\n", "citations": "x[^a]\n\n", "link-lines": "[a](b.md)\n",
    "comment-lines": "<!-- a\n\n-->\n\n", "dangling-lines": "[^x]\n\n", "images-lines": "![a](b)\n\n", "footnote-like": "[^a]:\n", "mail-lines": "a@b.c\n", "backtick-lines": "`a\n", "open-bracket-lines": "[a\n", "underlined": "a\n=\n",
}  # fmt: skip
"""Lines that are repeated until the file is full."""


HONEST = (
    f"{_FRONT.replace('A bomb', 'An honest story')}{_PARAGRAPH * (_ROOM // len(_PARAGRAPH))}{_REST}".encode()
)
"""A case study as long as one may be, as somebody would write it: what others take is told in its time."""


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file."""
    for name, text in _front_matters():
        yield f"yaml-{name}", f"---\n{text}\n---\n\n## The problem\n".encode()
    for name, body in _bodies():
        front = _FRONT.replace("A bomb", f"A bomb of {name}")
        yield f"body-{name}", f"{front}{body}{_REST}".encode()


def _bodies() -> Iterator[tuple[str, str]]:
    for name, piece in BODIES.items():
        line = piece * ((LONGEST_LINE - 1) // len(piece))
        yield name, "\n".join([line] * (_ROOM // len(line) + 1))[:_ROOM]
        if name in IN_SHORT_LINES:
            yield (
                f"{name}-in-lines-of-80",
                "\n".join([piece * (80 // len(piece))] * (_ROOM // 81 + 1))[:_ROOM],
            )
    for name, piece in LINES.items():
        yield name, piece * (_ROOM // len(piece))
    for name, opens in {"quotes-deep": "> ", "lists-deep": "- ", "numbers-deep": "1. "}.items():
        yield name, f"{opens * ((LONGEST_LINE - 2) // len(opens))}a"
    yield "lists-by-indent", "\n".join(f"{'  ' * depth}- a" for depth in range(240))
    yield "quotes-by-line", "\n".join(f"{'>' * depth} a" for depth in range(1, 340))
    yield "backtick-runs", "\n".join("`" * length + "a" for length in range(1, 340))
    yield "wide-table", f"|{'a|' * 9_000}\n|{'-|' * 9_000}\n" + "|\n" * 100_000
    yield "html-below-text", "a\n" * 15_000 + "\n<b>\n" * 3_000
    yield "addresses-typed-otherwise", "".join(f"[a](https://a.b/{number}&amp;)\n" for number in range(2_200))
    yield "mails-of-many", "".join(f"a{number}@b.c\n" for number in range(5_500))
    yield "one-line", "x" * 1_000_000
    yield "ten-megabytes", "Plain words. \n" * 750_000


def _front_matters() -> Iterator[tuple[str, str]]:
    yield "unclosed-300k", "a: " + "[" * 300_000
    yield "unclosed-in-lines", "a: " + "[\n" * 100_000
    yield "braces-in-lines", "a: " + "{\n" * 100_000
    yield "nested-20k", "a: " + "[" * 20_000 + "]" * 20_000
    yield "nested-9k", "a: " + "[" * 9_000 + "]" * 9_000
    yield "nested-2k", "a: " + "[" * 2_000 + "]" * 2_000
    yield "nested-500", "a: " + "[" * 500 + "]" * 500
    yield "dashes", "- " * 9_999
    yield "dashes-in-lines", "a:\n" + ("  " + "- " * 9_000 + "\n") * 10
    yield "question-marks", "? " * 9_999
    yield "question-marks-in-lines", "? \n" * 80_000
    yield "block-maps", "\n".join(f"{' ' * depth}a:" for depth in range(680))
    yield "tags", "a: " + "!a " * 6_000
    yield "anchors", "a: " + "&a " * 6_000
    yield "aliases", "a: &a [b]\nb: [" + "*a, " * 4_000 + "]"
    yield "self-alias", "a: &a [*a]"
    yield (
        "laughs",
        "a0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)),
    )
    yield "merges", "a: &a {b: c}\nd:\n" + "  <<: *a\n" * 20_000
    yield "keys-20k", "\n".join(f"k{number}: v" for number in range(20_000))
    yield "items-50k", "a:\n" + "- b\n" * 50_000
    yield "items-in-flow", "a: [" + ",\n".join(["b"] * 50_000) + "]"
    yield "same-key", "a: b\n" * 50_000
    yield "digits", "title: " + "9" * 6_000
    yield "long-key", "a" * 9_000 + ": b"
    yield "long-keys", "\n".join("a" * 1_000 + f"{number}: b" for number in range(200))
    yield "comments", "# a\n" * 60_000
    yield "lost-comments", "\n".join(f"k{number}: a #b" for number in range(1_900))
    yield "directives", "%A b\n" * 50_000
    yield "documents", "...\n" * 60_000
    yield "colons", ": " * 9_000
    yield "quotes", "a: '" + "''" * 9_000
    yield "escapes", 'a: "' + "\\x41" * 4_000 + '"'
    yield "hidden", "\n".join(f'k{number}: "\\u202e\\u202e"' for number in range(1_900))
    yield "blank-lines-in-quotes", 'a: "' + "\n" * 200_000 + '"'
    yield "folded", "a: >\n" + "  b\n" * 60_000
    yield "tabs", "a:\n" + "\t" * 19_000 + "b"
    yield "titles", "title: " + "a" * 9_000 + "!"
    yield "slugs", "sources:\n  " + "a-" * 9_000 + "!: {}"
    yield "address", "sources:\n  a: {url: https://" + "a." * 9_000 + "!}"
    yield "addresses", "sources:\n" + "\n".join(f"  a{n}: {{url: https://{'a-' * 60}!}}" for n in range(900))
    yield "councils", "councils: [" + ", ".join(["londonborough"] * 1_000) + "]"
    yield (
        "different-councils",
        "councils:\n" + "\n".join(f"- {'londonborough' * 9}{number}" for number in range(1_900)),
    )
    yield (
        "different-themes",
        "themes:\n" + "\n".join(f"- {'libraries' * 9}{number}" for number in range(1_900)),
    )
    yield (
        "different-citations",
        "sources: {a: {title: b}}\noutcomes: [{sources:\n ["
        + ",\n ".join(f"b{number}" for number in range(1_900))
        + "]}]",
    )
    yield "unknown-fields", "\n".join(f"titel{number}: {'b' * 90}" for number in range(990))
    yield "dates", "updates:\n" + "- {date: 2999-01}\n" * 600
    yield "empty-items", "outcomes:\n" + "- \n" * 1_900
    yield "no-break-keys", "\n".join(f"k\u00a0{number}: v" for number in range(900))
    yield "hyphens", "-\n" * 80_000
    yield "near-ends", "--- \n" * 40_000
