"""Strategies for case studies: mutations of good and bad ones, and ones that are made of the schema itself."""

import json
import re
from urllib.parse import quote

import yaml
from hypothesis import strategies as st

import bombs
import hostile
from casebook.content.markdown import HEADINGS
from projects import MISTAKES, REAL

GOOD = [
    re.sub("\ntitle: .*", "\ntitle: Told otherwise", path.read_text(encoding="utf-8"))
    for path in sorted((REAL / "tests/corpus/project/case_studies").glob("*.md"))
]
CORPUS = [text.encode() for text in GOOD] + [path.read_bytes() for path in MISTAKES]
BYTES = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9", b"\xc0\xaf", b"\xed\xa0\x80", b"\r", b"\r\n", b"\n", b"\x85", b"\xe2\x80\xa8", b"\xcc\x81" * 6,
    b"\x1b[31m", b"\t", b"---\n", b"...\n", b"- ", b": ", b"? ", b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!str ", b"#", b" #", b"%YAML 1.2\n", b"'", b'"',
    b"\\", b"|\n", b">\n", b"<<: ", b"@", b"`", b"~", b"\xf0\x9f\x9a\xb2", b"\xd0\xb0", b"```\n", b"[^minutes]", b"<b>", b"## The problem\n",
]  # fmt: skip
VALUES = [
    "", "~", "null", "[]", "{}", "[[]]", "{a: b}", "- a", "|", ">-", "''", '""', '"\\u202e"', '"\\n"', "2026-02-30", "0000-00-00", "2999-01-01", "9" * 5_000, "*a", "&a b", "!!int x",
    "[exampleton, exampleton]", "exampleton", "minutes", "true", "=", "a: b", "a #b", "https://a", "https://a.b/" + "c" * 600, "https://a@b.c/", "javascript:x", "\u0430b", "\ufeff", "x" * 600, "👩‍👩‍👧",
]  # fmt: skip
MARKDOWN = [
    *hostile.BODIES.values(), *bombs.BODIES.values(), *(f"{lines}\n" for lines in bombs.LINES.values()), "Said.[^a]", "Said.[^b][^a]", "[x](#the-problem)", "[x](reading-room.md)",
    "[x](reading-room.md#what-was-done)", "## What was done", "#", "---", "===", "> - 1. x", "\tx", "\n", "[^a]: x", "[//]: #", "a\\\nb", "|a|\n|-|", "</section>", "<!-- x", "```", "&#0;", "\\<",
    '<section class="footnotes"', "<h2>x</h2>", "![x][a]", "[a]: b 'c\nd'", "www.a.b", "http://x", "~~~html\n<b>\n~~~", "* * *", "1) x", "- [ ] x", "$x$", "&nbsp;", "[x](<a b>)", "[](x)", "![]()", "#" * 7,
]  # fmt: skip
ANCHORS = [
    "\n\n### Costs", "\n\n### Costs 2", "\n\n### What was done", "\n\n#### Costs & *risks*", "\n\n### [Costs](https://a.b/)[^a]", "[x](#costs)", "[x](#costs-2)", "[x](#costs-risks)", "[x](#costs1)", "[x](#what-was-done)",
]  # fmt: skip
"""Headings whose anchors might clash, and links to them."""
ORDINARY = "the council readers library opened again cost £9,000 year 40 % & ‘open’ – it's café ŵ [x] (y) * _ # < > \" ' / : ; ? !".split()
YAML = "ab1:-?[]{},#&*!|>'\"%@`~=.\\ \t\n"
VISIBLE = st.characters(exclude_categories=("C", "Zl", "Zp"))
DAYS = ["2011", "2012-05", "2013-01-31", "1801-01-01", "2026-11-24"]
LONG_ENOUGH = "words that make it long enough for the rules of the casebook"


@st.composite
def mutated_bytes(draw):
    """A file of the corpus with some spans taken out, doubled, or replaced by odd bytes or by another file's."""
    raw = draw(st.sampled_from(CORPUS))
    for _ in range(draw(st.integers(1, 4))):
        start, length = draw(st.integers(0, len(raw))), draw(st.integers(0, 40))
        other = draw(st.sampled_from(CORPUS))
        at = draw(st.integers(0, len(other)))
        put = draw(
            st.sampled_from([b"", raw[start : start + length] * 2, other[at : at + 400]])
            | st.sampled_from(BYTES)
            | st.text(YAML, max_size=8).map(str.encode)
            | st.binary(max_size=3)
        )
        raw = raw[:start] + put + raw[start + length :]
    return raw


def noise():
    """Bytes, or a text where front matter stands, or one of the letters that mean something in YAML."""
    texts = st.text(max_size=200) | st.text(YAML, max_size=80)
    return st.binary(max_size=200) | texts.map(lambda text: f"---\n{text}\n---\n".encode())


def good():
    """A good case study with a title that few others have."""
    number = st.integers(0, 10**6).map("Told otherwise {}".format)
    return st.builds(lambda text, title: text.replace("Told otherwise", title), st.sampled_from(GOOD), number)


@st.composite
def mutated_text(draw):
    """A good case study with some lines dropped, doubled, moved, indented otherwise, or given another value."""
    lines = draw(good()).split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at, to = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        line, value = lines[at], draw(st.sampled_from(VALUES))
        lines[at : at + 1] = draw(
            st.sampled_from(
                [
                    [], [line, line], [lines[to]], [lines[to], line], [f"  {line}"], [line.removeprefix("  ")], [f"- {line}"], [value], [f"{line.partition(':')[0]}: {value}"],
                    [f"{value}:{line.partition(':')[2]}"], [line[: len(line) // 2], line[len(line) // 2 :]], [line + draw(st.sampled_from(MARKDOWN))],
                ]
            )
        ) or [""]  # fmt: skip
    return "\n".join(lines).encode()


def bodies(ids):
    """The five headings with pieces of Markdown under them; mostly in order, and every source cited."""
    cited = "Said." + "".join(f"[^{id}]" for id in ids)
    piece = (
        st.sampled_from(MARKDOWN)
        | st.sampled_from(ANCHORS)
        | st.text(VISIBLE, max_size=8)
        | st.sampled_from(ORDINARY)
    )
    section = st.lists(st.tuples(piece, st.sampled_from(["\n\n", "\n", " ", ""])), max_size=4).map(
        lambda pieces: cited + "\n\n" + "".join(map("".join, pieces))
    )
    return st.tuples(*[section] * len(HEADINGS)).map(
        lambda sections: "\n\n".join(
            f"## {title}\n\n{text}" for title, text in zip(HEADINGS, sections, strict=True)
        )
    )


@st.composite
def from_schema(draw, schema):
    """A case study whose front matter is made of the published schema's own nodes."""
    definitions = {
        **schema["$defs"],
        "citations": schema["$defs"]["citations"] | {"items": schema["$defs"]["source-id"]},
    }
    data = draw(_of(schema, definitions))
    data["title"] = f"{data['title'][:80]} {draw(st.integers(0, 10**6))}"
    ids = _cited(data)
    data["sources"] = {id: draw(_of(definitions["source"], definitions)) | {"kind": "press"} for id in ids}
    _relate(data, draw(st.booleans()), draw(st.integers(0, 10**9)))
    front = yaml.safe_dump(
        data, allow_unicode=True, sort_keys=False, width=10_000,
        default_style=draw(st.sampled_from([None, '"', "'"])), default_flow_style=draw(st.booleans()),
    )  # fmt: skip
    return f"---\n{front}---\n\n{draw(bodies(ids))}".encode()


ROWS = ("outputs", "outcomes", "costs", "terms", "updates", "replies", "retired")


def _cited(data):
    groups = [
        *data["questions"].values(),
        *data.get("pledges", {}).values(),
        *(row for name in ROWS for row in data.get(name, [])),
        data.get("effort", {}),
    ]
    return sorted({id for group in groups for id in group.get("sources", [])})


def _relate(data, has_end, number):
    """Make the fields what they must be to each other; most, for some faults are welcome."""
    began, last = sorted([data["period"]["from"], data.pop("told_until", "2026")])
    data["period"] = {"from": began} | ({"to": last} if has_end else {})
    data |= {"status": "ended"} if has_end else {"status": "running", "told_until": last}
    if "outputs" not in data:
        data.setdefault(
            "outcomes",
            [
                {
                    "what": LONG_ENOUGH,
                    "result": "mixed",
                    "evidence": "press",
                    "sources": [*data["sources"]][:1],
                }
            ],
        )
    claims = [row for name in ROWS for row in data.get(name, []) if name not in ("terms", "replies")]
    for place, claim in enumerate(claims):
        claim["id"] = f"claim-{place}"
    for cost in data.get("costs", []):
        ends = sorted((cost.pop(name, "7") for name in ("gbp_from", "gbp_to")), key=int)
        cost |= {} if "gbp" in cost else dict(zip(("gbp_from", "gbp_to"), ends, strict=True))
    for source in data["sources"].values():
        source.pop("undated" if "published" in source else "published", None)
        source |= {"accessed": "2026-11-24"} | ({} if "published" in source else {"undated": "true"})
    data["checked"] = "2026-11-24"
    not_found = [id for id in data.pop("not_found", []) if id not in data["questions"]]
    data |= {"not_found": not_found} if not_found else {}
    data |= {"former": [f"old-{number}"]} if "former" in data else {}


def _of(node, definitions):
    """What fits this node of the schema, or nearly."""
    node = {**definitions.get(node.get("$ref", "").removeprefix("#/$defs/"), {}), **node}
    if "oneOf" in node:
        return st.sampled_from([one["const"] for one in node["oneOf"]])
    return {"object": _mapping, "array": _list, "string": _line}[node["type"]](node, definitions)


def _mapping(node, definitions):
    if "propertyNames" in node:
        names = _of(node["propertyNames"], definitions)
        return st.dictionaries(names, _of(node["additionalProperties"], definitions), min_size=1, max_size=3)
    fields = {name: _of(child, definitions) for name, child in node["properties"].items()}
    required = {name: fields.pop(name) for name in node["required"]}
    return st.fixed_dictionaries(required, optional=fields)


def _list(node, definitions):
    most = 1 if node["items"].get("$ref") == "#/$defs/update" else 3
    items = _of(node["items"], definitions)
    return st.lists(items, min_size=1, max_size=most, unique=node.get("uniqueItems", False))


def _line(node, definitions):
    pattern = node.get("pattern", "")
    match node.get("format"):
        case "whole-number":
            return st.integers(0, 10 ** min(node["maxLength"], 9) - 1).map(str)
        case "address":
            return st.integers(0, 10**9).map("https://example.org/?a={}&b=(c)".format)
        case "day":
            return st.sampled_from(["2013-01-31", "2026-11-24"])
        case "month" | "partial-date":
            return st.sampled_from([day for day in DAYS if re.search(pattern, day)])
    if pattern == definitions["year"]["pattern"]:
        return st.sampled_from(["2012", "2012/13"])
    if pattern in {definitions[name]["pattern"] for name in ("source-id", "claim-id", "slug")}:
        return st.sampled_from(["a", "b", "c-1"])
    word = st.sampled_from([*ORDINARY, *hostile.PLAIN.values()]) | st.text(VISIBLE, max_size=6)
    words = st.lists(word, min_size=1, max_size=8).map(" ".join)
    return words.map(lambda text: f"{text} {LONG_ENOUGH[: node.get('minLength', 1)]}"[: node["maxLength"]])


HIDDEN = st.one_of(
    st.characters(categories=["Cf", "Co", "Cn", "Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="\n"),
    st.characters(categories=["Mn", "Me", "Mc"]),
    st.sampled_from(
        "\u034f\u115f\u17b4\u180b\u200b\u200d\u202e\u2066\u2800\u3164\ufe0f\ufffe\uffff\U000e0041"
    ),
    st.sampled_from("аеорсухіјѕɡɑᴏⅠⒶﬁ𝐀Ａ０⁄։。ℓ№"),
    st.characters(),
)
"""Each property of Unicode by which something can't be seen, or passes for something else."""
NAMED = "shy zwnj zwj lrm rlm nbsp NoBreak ZeroWidthSpace InvisibleTimes af ic Tab NewLine lt gt amp quot Afr fflig".split()
ENTITIES = st.one_of(
    st.sampled_from(NAMED).map("&{};".format),
    st.builds("&#{}{:0{}d};".format, st.just(""), HIDDEN.map(ord), st.integers(1, 8)),
    st.builds("&#{}{:0{}x};".format, st.sampled_from("xX"), HIDDEN.map(ord), st.integers(1, 7)),
    st.sampled_from(
        ["&#0;", "&#xd800;", "&#x110000;", "&#9999999;", "&amp;#x202e;", "&#x;", "&#;", "&nosuch;"]
    ),
)
PLACES = [
    "{}", "So{}ft.", "**{}**", "p*{}*l", "### Costs {}", "[a{}b](https://example.org/)", "[a](https://example.org/{})", "[a](https://exam{}ple.org/)", '[a](https://example.org/ "{}")',
    "<https://example.org/{}>", "https://example.org/{}", "`{}`", "```{}\n{}\n```", "| a{} | b |\n|--|--|\n| {} | c |", "- a{}b", "> {}", "~~{}~~", "[a][b]\n\n[b]: https://example.org/{} '{}'", "[^minutes{}]", "\\{}", "![{}](a{}b)",
]  # fmt: skip
"""Where text can stand in a body."""
HOSTS = [
    "a@b.example", "example.org⁄evil.example", "xn--pypal-4ve.com", "", ".", "a..b", "-a.b", "[::1]", "127.1", "0x7f.1", "localhost", "a.b:", "a.b:99999", "a.b\\c.d", "ex%61mple.org",
]  # fmt: skip
MERGES = [
    "<<<<<<< HEAD\n", "<<<<<<<\n", "=======\n", ">>>>>>> main\n", ">>>>>>>\n", "||||||| merged common ancestors\n", "  <<<<<<< HEAD\n", "- <<<<<<< HEAD\n", "++<<<<<<< HEAD\n", "<<<<<<< HEAD:case_studies/a.md\r\n",
]  # fmt: skip
_WORD = [
    "<p class=MsoNormal>x</p>", "<o:p></o:p>", "<![if !supportLists]>", "<!--StartFragment-->", "·\tx", "o\tx", "\uf0b7 x", "§ x", "\x0b", "\x0c", "\u2028", "\u00ad", "\u00a0", "\ufeff", "\u200b", "â€™", "Â£9",
    "Error! Reference source not found.", 'HYPERLINK "https://a.b"', "_Toc12345", "[cid:image001.png]", "{ TOC \\o }", "[1]", "[i]", "1)\tx", "\tx", "x\t\t\ty", "ﬁnance", "\u2011", "\u202f", "[x] y", "&nbsp;", "\r", "____",
]  # fmt: skip
WORD = st.sampled_from(_WORD) | st.sampled_from(
    ["“x”", "‘y’", "it’s", "x – y", "x…", "½", "m²", "Ŵ", "é", "£9"]
)
"""What Word, Outlook and PDFs leave in a text that is pasted, also of what may stay."""


@st.composite
def pasted(draw, pieces):
    """A good case study with these pieces put at the ends of words or of lines, in fields and body."""
    text = draw(good())
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.sampled_from([place for place, letter in enumerate(text) if letter in " \n"]))
        text = text[:at] + draw(st.sampled_from(["", " ", "\n", "\n\n"])) + draw(pieces) + text[at:]
    return text.encode(errors="surrogatepass")


def hidden():
    """Faulty characters, as they are, as entities, as YAML's escapes and as % forms, wherever text can stand."""
    mark = HIDDEN | ENTITIES | HIDDEN.map(lambda letter: quote(letter, safe="", errors="surrogatepass"))
    placed = st.builds(lambda place, mark: place.replace("{}", mark), st.sampled_from(PLACES), mark)
    hosts = st.builds(
        "[a](https://{}/{})".format, st.sampled_from(HOSTS) | st.text(max_size=5), st.sampled_from(["", "x"])
    )
    return pasted(mark | placed.map("\n\n{}\n\n".format) | hosts | HIDDEN.map(json.dumps))


@st.composite
def merged(draw):
    """Two good case studies as a merge leaves them: with Git's marks, or the lines of both."""
    lines, other = (draw(good()).splitlines(keepends=True) for _ in range(2))
    at = draw(st.integers(0, len(lines)))
    to = draw(st.integers(at, min(at + 6, len(lines))))
    marks = draw(
        st.sampled_from([("", "", ""), ("<<<<<<< HEAD\n", "=======\n", ">>>>>>> main\n")])
        | st.tuples(*[st.sampled_from(["", *MERGES])] * 3)
    )
    begin, middle, end = marks
    merged = [*lines[:at], begin, *lines[at:to], middle, *other[at:to], end, *lines[to:]]
    return "".join(merged).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(VALUES),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(ROWS), inner, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def additions(draw, schema):
    """What the form adds to a case study, made of the schema's own nodes, and in half of them something else somewhere."""
    keys = draw(
        st.lists(
            st.sampled_from(["outcomes", "outputs", "questions", "replies", "checked"]),
            max_size=2,
            unique=True,
        )
    )
    add = {key: draw(_of(schema["properties"][key], schema["$defs"])) for key in ("updates", *keys)}
    for row in _rows(add):
        row |= {"sources": ["star"]} if "sources" in row else {}
        row |= {"id": f"new-{draw(st.integers(0, 10**6))}"} if "id" in row else {}
        row |= {"date": "2026-02-03"} if "date" in row else {}
    source = draw(_of(schema["$defs"]["source"], schema["$defs"]))
    source |= {"kind": "press", "published": "2026-02-03", "accessed": "2026-11-20"}
    source.pop("undated", None)
    add |= {"sources": {"star": source}} | ({"checked": "2026-11-24"} if "checked" in add else {})
    whole = {"version": 1, "case": draw(st.sampled_from(["westover-trees", "reading-room"])), "add": add}
    group = draw(st.sampled_from([{}, {}, add, add, *_rows(add), whole]))
    group[draw(st.sampled_from([*group, "title", "nosuch"]))] = draw(JSON)
    return json.dumps(whole, ensure_ascii=draw(st.booleans()))


def _rows(add):
    groups = (
        value.values() if isinstance(value, dict) else value for key, value in add.items() if key != "checked"
    )
    return [row for group in groups for row in group]
