"""What other programs and dialects leave in a text: found in a plain field, in the body or in both, and nothing honest is."""

import json
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casebook.content.outline import outline
from casebook.validation.markup import _UNUSUAL, opened, unescaped
from casebook.validation.schema import load_schema
from projects import REAL


@pytest.fixture(scope="module")
def schema():
    return load_schema(REAL)[0]


def marks(schema, text):
    """What is found in a plain field, and what in a body."""
    seen = outline(text, ("report",)).texts
    in_body = [mark for _, one in seen for mark in marks_in(schema.markup["body"], one)]
    return list(marks_in(schema.markup["fields"], text)), in_body


def marks_in(kinds, text):
    for found, kind in kinds.left_in(text):
        if not kind.get("ofSource") or "report" in found[0].lower():
            yield found[0].strip()


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Parks &amp; trees", "&amp;"),
        ("Parks&nbsp;here", "&nbsp;"),
        ("It&#8217;s", "&#8217;"),
        ("It&#x2019;s", "&#x2019;"),
        ("a <br> b", "<br>"),
        ("a <b>bold</b>", "<b>"),
        ("a <!-- note -->", "<!--"),
        ("see <https://example.org>", "<https://...........>"),
        ("a *starred* word", "*starred*"),
        ("an _underlined_ word", "_underlined_"),
        ("a **bold** word", "**"),
        ("a __bold__ word", "__"),
        ("a ~~struck~~ word", "~~"),
        ("some `code`", "`"),
        ("[words](https://example.org)", "[words]("),
        ("# A heading", "#"),
        ("> A quotation", ">"),
        ("- An item", "-"),
        ("| a | b |", "| a |"),
    ],
)
def test_markup_is_found_in_a_plain_field(schema, text, mark):
    assert mark in marks(schema, text)[0]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("\u2022 one tree", "\u2022"),
        ("\u25aa one tree", "\u25aa"),
        ("\u00b7 one tree", "\u00b7"),
        ("o one tree", "o"),
        ("o\tone tree", "o"),
        ("\u00a7\tone tree", "\u00a7"),
        ("-\u00a0one tree", "-"),
        ("1.\u00a0one tree", "1."),
        ("\u2013 one tree", "\u2013"),
        ("-one tree", "-"),
        ("&amp;amp;", "&amp;"),
        ("A.[^report, report2]", "[^report, report2]"),
        ("A.[ ^report ]", "[ ^report ]"),
        ("A. [@report]", "[@report]"),
        ("A.\\[^report]", "[^report]"),
        ("A.^[inline]", "^[inline]"),
        ("A.[1] B.", "[1]"),
        ("[12] Smith, 2019", "[12]"),
        ("A.[iv] B.", "[iv]"),
        ("See [x] (https://example.org)", "[x] (https://............"),
        ("See [the report][r]", "]["),
        ("See [y](https://example.org/a b)", "[y]("),
        ("See [[wigan-deal]]", "[[wigan-deal]]"),
        ("See [[Wigan|the deal]]", "[[Wigan|the deal]]"),
        ("{% include x.html %}", "{% include x.html %}"),
        ("{{ site.x }}", "{{ site.x }}"),
        ("{{< youtube abc >}}", "{{< youtube abc >}}"),
        ("{{% note %}}", "{{% note %}}"),
        ('{: .class }', "{: .class }"),
        ("[caption id=1]", "[caption id=1]"),
        ("some [/b] text", "[/b]"),
        ("${name}", "${name}"),
        ("!!! note", "!!! note"),
        ("??? tip", "??? tip"),
        (":::warning", ":::warning"),
        ("::: warning", "::: warning"),
        ("> [!NOTE]\n> x", "[!NOTE]"),
        (".. note:: x", ".. note::"),
        ('=== "Tab"', '=== "'),
        ("- [ ] to do", "[ ]"),
        ("- [x] done", "[x]"),
        ("##Heading", "##"),
        ("#Heading of a page", "#"),
        ("#Heading", "#"),
        ("(1) one\n(2) two", "(1)"),
        ("Comment [JB1]: is it so?", "Comment [JB1]"),
        ("paid [TBC] pounds", "[TBC]"),
        ("[Insert name here] said", "[Insert name here]"),
        ("|a|b|", "|a|b|"),
        ("a ** b **", "**"),
        ("a ==marked== word", "=="),
        ("''quoted''", "''"),
        ("\\textbf{x}", "\\textbf{"),
        ("a :smile: b", ":smile:"),
        ("one\\ntwo".replace("two", "Two"), "\\n"),
        ("It cost \u00c2\u00a350", "\u00c2\u00a3"),
        ("It\u00e2\u20ac\u2122s", "\u00e2\u20ac\u2122"),
        ("Error! Bookmark not defined.", "Error! Bookmark not defined"),
        ("[cid:image001.png@01D]", "[cid:image001.png@01D]"),
        ("<<<<<<< HEAD", "<<<<<<< HEAD"),
        ("*one\n*two", "*"),
        ("+one", "+"),
        ("1.one", "1."),
        ("1)one", "1)"),
        ("(a) one\n(b) two", "(a)"),
        ("a) one\nb) two", "a)"),
        ("text:\n(ii) two", "(ii)"),
        ("i. one", "i."),
        ("A. One\nB. Two", "A."),
        ("1 - one", "1 -"),
        ("#1 one\n#2 two", "#1"),
        ("\\- one", "-"),
        ("1\\. one", "1."),
        ("\u2610 one", "\u2610"),
        ("( ) one", "( )"),
        ("\u2717 one", "\u2717"),
        ("\u2605 one", "\u2605"),
        ("\u2460one", "\u2460"),
        ("text:\n\u2013one", "\u2013"),
        ("-> one", "->"),
        ("\u00fc one", "\u00fc"),
        ("A.(^report)", "(^report)"),
        ("A.{^report}", "{^report}"),
        ("A.[report^]", "[report^]"),
        ("A.[^ report]", "[^ report]"),
        ("A.[^report ]", "[^report ]"),
        ("A.[\u02c6report]", "[\u02c6report]"),
        ("A.\uff3b^report\uff3d", "\uff3b^report\uff3d"),
        ("A.[report]", "[report]"),
        ("A.[Report, p. 4]", "[Report, p. 4]"),
        ("A.{report}", "{report}"),
        ("A.[#report]", "[#report]"),
        ("A.\u00b9", "\u00b9"),
        ("a word\u00b2 here", "\u00b2"),
        ("see (\u00b9)", "\u00b9"),
        ("A.(report)^1^", "^1"),
        ("A.[1, 2]", "[1, 2]"),
        ("A. [3]", "[3]"),
        ("A.\u2020", "\u2020"),
        ("A.[note 1]", "[note 1]"),
        ("A.[source: x]", "[source: x]"),
        ("A.[citation needed]", "[citation needed]"),
        ("A.\u30101\u2020source\u3011", "\u30101\u2020source\u3011"),
        ("A. turn0search1", "turn0search1"),
        ("at https://example.org/x.[^report]", "https://..............[^report]"),
        ("(https://example.org/a)[words]", "://..............["),
        ("[words]https://example.org/a", "[words]https://............."),
        ("[](https://example.org/a)", "[]("),
        ("[words|https://example.org/a]", "[words|https://"),
        ("{words}(https://example.org/a)", "{words}(https://.............."),
        ("[https://example.org/a words]", "[https://"),
        ("<https://example.org/a|words>", "://.............|"),
        ('"words":https://example.org/a', '":https://'),
        ("link:https://example.org/a[words]", "link:https:"),
        ("[words(https://example.org/a)", "[words(https://.............."),
        ("[TOC]", "[TOC]"),
        ("#trees", "#"),
        ("++x++ y", "++"),
        ("m^2^", "^2"),
        ("H~2~O", "~"),
        ("*[HTML]: x", "*[HTML]:"),
        ("Term\n: what it means", ":"),
        ("@include x", "@include"),
        ("[% x %]", "[%"),
        ("+++\nx\n+++", "+++"),
        ("%%%", "%%%"),
        ("//x//", "//"),
        ("[-x-]", "[-x-]"),
        ("<o:p></o:p>", "<o:p>"),
        ("<!doctype html>", "<!d"),
        ("a &amp b", "&amp"),
        ("It&#8217s", "&#8217"),
        ("[et_section]", "[et_section]"),
        ('[form id="1"]', '[form id="1"]'),
        ("#+TITLE: x", "#+TITLE"),
        ("Sent from my telephone", "Sent from my"),
        ("an `open tick", "`"),
        ("A. (source: the accounts)", "(source: the accounts)"),
        ("It did. (Ref: Smith 2019)", "(Ref: Smith 2019)"),
        ("It closed. [more]", "[more]"),
        ("It closed. [Read more...]", "[Read more...]"),
        ("\\_\\_NOTOC\\_\\_", "__NOTOC__"),
        ("a !!loud!! word", "!!"),
    ],
)  # fmt: skip
def test_markup_is_found_in_a_body(schema, text, mark):
    assert mark in marks(schema, text)[1]


def alternatives(pattern):
    """What stands between the bars of a pattern that stand in no brackets."""
    parts = re.findall(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", pattern, re.DOTALL)
    depth, found = 0, [""]
    for part in parts:
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            found.append("")
        else:
            found[-1] += part
    return found


MARKUP = json.loads((REAL / "schema/case-study.schema.json").read_text(encoding="utf-8"))["markup"]


@pytest.mark.parametrize("kind", MARKUP, ids=lambda kind: kind["is"])
@settings(max_examples=60, database=None, derandomize=True, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
@given(data=st.data())
def test_the_quick_look_stops_at_whatever_a_pattern_finds(kind, data):
    """Of each alternative, some of the texts that it finds are made up, always the same."""
    one = re.compile(data.draw(st.sampled_from(alternatives(kind["pattern"]))), re.MULTILINE | re.ASCII)
    text = data.draw(st.from_regex(one))
    assert _UNUSUAL.search(text) or not one.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "R&D in Leeds & Bradford; Marks & Spencer",
        "It cost £1.2m (5% of it), or 3 > 2 and 1 < 2",
        "The council's [sic] own words: \u201c[i]t works\u201d",
        "A 24/7 line, 10:30 to 11:00, ratio 2:1",
        "file_name_of_it and 2*3*4",
        "He said 'no' \u2013 and meant it",
        "[2019] UKSC 5",
        "Section 106 agreement",
        "Who pays? The council!",
        "#1 in town",
        "#MeToo was the name of the march.[^report]",
        "#MeToo was the name of the march of which the whole of the town\nspoke.",
        "(1) The council agreed to pay.",
        "[2021] UKSC 3 at [45].",
        "The letter of [name removed] says so",
        "Plan 2011\u20132015",
        "- one\n- two",
        "o\u2019clock",
        "5 m\u00b2 of land, CO\u2082 and 10\u2076",
        "A. Smith of the council (a charity) said so",
        "It paid 1.5m, i.e. half; see section 3(a)\n(b) and the rest",
        "under \u201c[the] plan\u201d [of 2019] it\n\u2013 a charity \u2013 paid",
        "9/11 and 24/7, C++ and a ~5% rise",
        "said \u201c[more] people came\u201d (the source: a spring) --and its cost-- was ((see above)), at last {as told}!!",
    ],
)
def test_honest_writing_is_no_markup_in_a_body(schema, text):
    assert marks(schema, text)[1] == []


@pytest.mark.parametrize(
    "text",
    ["A **bold** and *leaning* word.[^report]", "| a | b |\n|---|---|\n| 1 | 2 |", "Use `**` and `{{ x }}`", "[words](https://example.org/a__b__c)", "https://example.org/a__b__c~~d", "## Heading", "```\n{{ x }}\n```"],
)  # fmt: skip
def test_what_markdown_makes_is_not_left_over(schema, text):
    assert marks(schema, text)[1] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("jo.bloggs@leeds.gov.uk", "an e-mail address"),
        ("name at council dot gov dot uk", "an e-mail address"),
        ("jo [at] council.gov.uk", "an e-mail address"),
        ("jo(at)council(dot)gov(dot)uk", "an e-mail address"),
        ("0113 222 4444", "a telephone number"),
        ("(0113) 222 4444", "a telephone number"),
        ("+44 (0)113 222 4444", "a telephone number"),
        ("0044 113 2224444", "a telephone number"),
        ("07700-900-123", "a telephone number"),
        ("Tel: 222 4444", "a telephone number"),
        ("12 Example Street, Leeds, LS1 1UR", "a home address"),
        ("Flat 3, 12a Acacia Road LS11UR", "a home address"),
        ("Mrs Bloggs", "a name after a title"),
        ("Dr. \u00c9va Smith", "a name after a title"),
        ("Cllr Jo Bloggs", "a name after a title"),
        ("QQ 12 34 56 C".replace("QQ", "AB"), "a National Insurance number"),
        ("ab-12-34-56-c", "a National Insurance number"),
        ("Mr J. Smith", "a name after a title"),
        ("Mrs A. B. Jones", "a name after a title"),
        ("Mr J.R. Smith", "a name after a title"),
        ("Mr J Smith", "a name after a title"),
        ("Ms Jo M. Smith", "a name after a title"),
        ("MRS SMITH", "a name after a title"),
        ("Ms\nBloggs", "a name after a title"),
        ("Dr\u00a0Jo Bloggs", "a name after a title"),
        ("Mr de la Tour", "a name after a title"),
        ("Messrs Smith", "a name after a title"),
        ("Cynghorydd Jones", "a name after a title"),
        ("flat 3, 12a acacia road, leeds ls1 1ur", "a home address"),
        ("12 Example Street, Leeds, ls11ur", "a home address"),
        ("12 Example St., Leeds LS1 1UR", "a home address"),
        ("who lives at 12 Example Street", "a home address"),
        ("born on 12 March 1980", "a day of birth"),
        ("born 12/3/80", "a day of birth"),
        ("born on the 12th of March 1980", "a day of birth"),
        ("Date of birth: March 12, 1980", "a day of birth"),
        ("DOB 1980-03-12", "a day of birth"),
        ("d.o.b. 12.03.1980", "a day of birth"),
        ("sort code 20-00-00", "a bank account"),
        ("Sort code: 200000", "a bank account"),
        ("account number 12345678", "a bank account"),
        ("a/c no. 1234 5678", "a bank account"),
        ("20-00-00 12345678", "a bank account"),
        ("GB29 NWBK 6016 1331 9268 19", "a bank account"),
        ("4111 1111 1111 1111", "a bank account"),
        ("NHS number 943 476 5919", "a number that is somebody's own"),
        ("Passport no. 123456789", "a number that is somebody's own"),
        ("https://eur01.safelinks.protection.outlook.com/?data=05%7C01%7Cjo%40leeds.gov.uk%7C", "an e-mail address"),
    ],
)  # fmt: skip
def test_what_may_tell_of_a_private_person_is_found(schema, text, what):
    assert [kind["is"] for _, kind in schema.personal_data.found(opened(text))] == [what]


@pytest.mark.parametrize(
    "text",
    ["Look at leeds.gov.uk", "It cost £012,345,678", "In 2011/12 it paid 1,200,000", "LS1 and LS2", "Doctor of the town", "Civic Hall, Leeds LS1 1UR", "at 10 dot points", "from 0.5 to 0.75", "Prof is short for a title", "MS Teams, DR plans", "In 12 wards, phase q1 2nd year", "born in 2012", "born of 12 talks in 2012", "It asks for no date of birth", "the account of 2011 to 2019", "on 12-03-19", "accounts for £12345678", "24 flats on site b1, 3rd floor"],
)  # fmt: skip
def test_honest_writing_tells_of_nobody(schema, text):
    assert list(schema.personal_data.found(opened(text))) == []


def test_percent_forms_that_were_written_twice_are_read():
    assert unescaped("a%2540b") == "a@b"
