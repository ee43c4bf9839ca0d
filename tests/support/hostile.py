"""Hostile and honest inputs: those of corpus/hostile, and ours here, which no rule refuses."""

import json
import re
import shutil
from pathlib import Path

import yaml

HOSTILE = Path(__file__).parents[1] / "corpus" / "hostile"

PLAIN = {
    "img": "<img/src=x onerror=PWN()>",
    "svg": "<svg/onload=PWN()>",
    "attribute": '" onmouseover="PWN()" autofocus onfocus="PWN()" x="',
    "apostrophe": "' onmouseover='PWN()' x='",
    "formula": '=HYPERLINK("https://evil.example/PWN","x")',
    "at": "@SUM(PWN)",
    "plus": "+1*PWN|' /C calc'!A0",
    "entity": "&sect&divide<img src=x onerror=PWN()? &parat PWN",
    "cdata": "]]><PWN//>",
    "json": "\\u003cscript\\u003ePWN()\\u003c/script\\u003e",
    "script": "'-PWN()-' \\\";PWN();x=1",
    "jinja": "$(PWN) {PWN} <PWN?>",
    "address": "javascript:PWN()",
    "sql": "PWN', ''); DROP TABLE case_studies; --",
    "bibtex": "}, PWN = {\\input /etc/passwd }",
}
"""Plain text, which is put into every field of a case study that may hold it."""

BODIES = {
    "title": '[x](https://example.org/PWN "<img src=x onerror=PWN()>")',
    "attributes": "{ onclick=PWN() #config .PWN }",
    "code": "`<script>PWN()</script>`",
    "fence": "```x onclick=PWN()\n<script>PWN()</script>\n```",
    "tildes": "~~~\n<img src=x onerror=PWN()>\n~~~",
    "entities": "&lt;script&gt;PWN()&lt;/script&gt; &#60;img src=x onerror=PWN()&#62;",
    "table": "| <PWN | `<b onclick=PWN()>` |\n|:--|--:|\n| a | b |",
    "links": '[x](https://example.org/"onmouseover="PWN) <https://example.org/?onclick=PWN>',
    "autolink": 'See https://example.org/?q="><img/src=x/onerror=PWN()> there.',
    "headings": "### \\<img src=x onerror=PWN()>\n\nPWN.\n\n### config { #search onclick=PWN() }\n\nPWN.",
    "steering": '--8<-- ".git/config"\n\n$PWN :PWN: {PWN} # {PWN} % PWN%',
    "escapes": "\\<script>PWN()\\</script> <\n\nscript>PWN()",
    "reference": "[x][y]\n\n[y]: https://example.org/PWN '\"><img src=x onerror=PWN()>'",
}
"""Markdown, which is put into the body of a case study."""

_CASE_STUDY = """---
title: {plain}
summary: {longer}
councils: [exampleton]
partners: [{{name: {plain}, kind: community-group, in: exampleton}}]
themes: [libraries]
period: {{from: 2022, to: 2024}}
status: ended
questions: {{capacity: {{answer: {longer}, sources: [minutes]}}}}
pledges: {{promote-good-practice: {{how: {longer}, sources: [minutes]}}}}
outputs: [{{id: done, what: {longer}, sources: [minutes]}}]
outcomes: [{{id: changed, what: {longer}, result: worked, evidence: self-reported, hoped_by: {plain}, commissioned_by: {plain}, sources: [minutes]}}]
costs: [{{id: cost, what: {longer}, gbp: 1000, kind: running, basis: claimed, paid_by: {plain}, sources: [minutes]}}]
effort: {{staff: {plain}, volunteers: {plain}, sources: [minutes]}}
terms: [{{kind: condition, text: {longer}, sources: [minutes]}}]
ask: {plain}
powers: [sample-act-2001-s1]
sources:
  minutes: {{title: {plain}, publisher: {plain}, kind: council, url: {url}, copy_of: {plain}, archive: {url}, undated: true, accessed: 2026-01-30}}
updates: [{{id: next, date: 2025-02, text: {longer}, sources: [minutes]}}]
replies: [{{by: {plain}, date: 2026-01-30, text: {longer}, sources: [minutes]}}]
retired: [{{id: gone, date: 2026-01-30, reason: {longer}}}]
added: 2026-01-31
checked: 2026-01-31
---

## The problem

Said.[^minutes]

## What was done

{body}

TAIL-TEXT stays readable.

## What happened

Said.

## What went wrong

Said.

## What others can learn

Said.
"""
_UNFIT_FOR_ADDRESSES = "[^A-Za-z0-9._~:/?#@!$&()*+,;=%-]"


def cases(*expected: str) -> list[dict]:
    """The listed inputs that are to have one of these verdicts."""
    listed = yaml.load((HOSTILE / "cases.yaml").read_bytes(), yaml.CSafeLoader)
    return [case for case in listed if case["expected"] in expected]


def lay(case: dict, root: Path) -> None:
    """Put a listed input where it would lie in a project."""
    if case["layout"] == "tree":
        shutil.copytree(HOSTILE / case["path"], root, dirs_exist_ok=True)
    else:
        shutil.copy(HOSTILE / case["path"], root / "case_studies" / case["install_as"])


def attacks() -> dict[str, str]:
    """Names and texts of case studies of the small project's councils: ours, and those to be neutralised."""
    listed = {case["install_as"]: _at_home(case) for case in cases("neutralise")}
    plain = {f"plain-{name}.md": case_study(text) for name, text in PLAIN.items()}
    bodies = {f"body-{name}.md": case_study(f"Body of {name}", text) for name, text in BODIES.items()}
    return listed | plain | bodies


def case_study(plain: str, body: str = "Said.") -> str:
    """A case study with this text in every field that holds plain text, and this body under one heading."""
    longer = f"{plain} and more words, so that this is nowhere too short for the rules."
    address = f"https://example.org/{re.sub(_UNFIT_FOR_ADDRESSES, '', plain)}"
    words = {
        name: json.dumps(text) for name, text in {"plain": plain, "longer": longer, "url": address}.items()
    }
    return _CASE_STUDY.format(**words, body=body)


def _at_home(case: dict) -> str:
    """The listed input with the small project's council and theme, and a title that no other has."""
    text = (HOSTILE / case["path"]).read_text(encoding="utf-8")
    text = text.replace("- leeds", "- exampleton").replace("- climate-and-energy", "- libraries")
    return text.replace("title: Retrofit of council homes in Leeds", f"title: Listed as {case['id']}")
