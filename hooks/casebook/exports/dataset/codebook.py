"""Every table and column of the open data, from which JSON, CSV, SQLite and the codebook are generated.

A column has a description here only if the schema has no field for it; otherwise it has the field's.
A field of the schema that no column names gets a column at the end.
"""

from casebook.exports.dataset.tables import PLACE, Column, Table

CASE_STUDIES = Table(
    name="case_studies",
    title="Case studies",
    description="A row for each case study, the newest first.",
    columns=(
        Column("id", "id", "The last part of its page's address, and the name of its file.", path="slug"),
        Column("page", "text", "The address of its page, from the site's root.", path="path"),
        Column("title", "text"),
        Column("summary", "text"),
        Column("councils", "id", of="councils", many=True),
        Column(
            "nations",
            "choice",
            "The nations in which its councils lie.",
            of="nation",
            path="councils.nation",
            many=True,
        ),
        Column("began", "date", field="period/from"),
        Column("ended", "date", field="period/to", optional=True),
        Column(
            "questions",
            "id",
            "The key questions that it answers. What it answers stands in answers.",
            of="questions",
            path="answers.term",
            many=True,
        ),
        Column(
            "pledges",
            "id",
            "The pledges that it carries out. How it does so stands in deeds.",
            of="pledges",
            path="deeds.term",
            many=True,
        ),
        Column(
            "results",
            "choice",
            "Every different result among its outcomes, the best first.",
            of="result",
            many=True,
        ),
        Column(
            "evidence",
            "choice",
            "The strongest evidence shown for any of its outcomes; none, if it has no outcomes.",
            of="best-evidence",
        ),
        Column(
            "story",
            "markdown",
            "The story under its five headings, in Markdown as GitHub reads it. [^baths] cites the source "
            "whose id is baths; a link to other.md leads to the case study whose id is other.",
            path="body",
        ),
    ),
)

PARTS = {
    "questions": Table(
        name="answers",
        title="Answers",
        description="What each case study answers to a key question: a row for each case study and question.",
        field="questions",
        columns=(
            *PLACE,
            Column("question", "id", "The key question.", of="questions", path="item.term"),
            Column("answer", "text", path="item.text"),
        ),
    ),
    "pledges": Table(
        name="deeds",
        title="Pledges carried out",
        description="How each case study carries out a pledge: a row for each case study and pledge.",
        field="pledges",
        columns=(
            *PLACE,
            Column("pledge", "id", "The pledge.", of="pledges", path="item.term"),
            Column("how", "text", path="item.text"),
        ),
    ),
    "sources": Table(
        name="sources",
        title="Sources",
        description="Where each case study's facts come from. On its page, a source's number is its place.",
        field="sources",
        columns=(
            *PLACE,
            Column(
                "id", "id", "What cites it. No other source of the case study has this id.", path="item.id"
            ),
        ),
    ),
}
"""By field of the schema. Any other that has fields inside is a table as the schema describes it."""

_TERM = (Column("id", "id"), Column("title", "text"), Column("summary", "text", optional=True))
_NUMBERED = (*_TERM, Column("number", "number"), Column("text", "text"))

TERMS = (
    Table(
        name="questions",
        title="Key questions",
        description="The ten key questions of the founding letter.",
        columns=_NUMBERED,
    ),
    Table(
        name="pledges",
        title="Pledges",
        description="The five pledges of the founding letter.",
        columns=_NUMBERED,
    ),
    Table(
        name="themes",
        title="Themes",
        description="What case studies are about.",
        columns=_TERM,
    ),
    Table(
        name="powers",
        title="Powers",
        description="Statutes and sections that case studies used or ran into.",
        columns=(
            *_TERM,
            Column("nations", "choice", of="nation", many=True),
            Column("url", "address", optional=True),
        ),
    ),
    Table(
        name="councils",
        title="Councils",
        description="Every council that a case study names, and those that took over from it.",
        columns=(
            *_TERM[:2],
            Column("name", "text", field="official_name"),
            Column("kind", "choice", of="council-kind"),
            Column("nation", "choice", of="nation"),
            Column("region", "choice", of="region", optional=True),
            Column("gss", "text", optional=True),
            Column("former_gss", "text", many=True),
            Column("start", "day", optional=True),
            Column("end", "day", optional=True),
            Column("successors", "id", of="councils", many=True),
            Column("population", "number", optional=True),
            Column("rural_urban", "choice", of="rural-urban", optional=True),
            Column("deprivation", "choice", of="deprivation", optional=True),
        ),
    ),
)
