"""Fields that the small project's case studies do without, for the tests that look at them."""

import re

ROOM = "case_studies/reading-room.md"

MORE = """outputs:
  - {id: 12-trained, what: 12 readers were trained, when: 2022-09, question: quality, evidence: press, sources: [gazette]}
costs:
  - {id: librarian, what: A librarian for one year, gbp: 32000, kind: set-up, basis: budget, year: 2022/23, paid_by: Exampleton City Council, sources: [minutes]}
  - {id: heating, what: Heating of the room, gbp_from: 4000, gbp_to: 6500, kind: running, basis: claimed, sources: [gazette]}
effort: {staff: One librarian, volunteers: 12 readers, months_to_start: 9, sources: [minutes]}
terms:
  - {kind: length, text: A lease of 25 years, sources: [minutes]}
ask: Library service of Exampleton
replies:
  - {by: Exampleton City Council, date: 2026-01-29, text: We now lend a librarian to every group., sources: [minutes]}
not_found: [value, culture]
"""
"""Beside those of the reading room."""

FORMER = "former: [the-old-room, a-room-of-their-own]\n"
RETIRED = "retired: [{id: roof-mended, date: 2026-01-31, reason: The source tells of another roof.}]\n"
WITHDRAWN = "withdrawn: {date: 2026-01-31, reason: The minutes were found to be another council's.}\n"


def with_fields(text: str, fields: str) -> str:
    """The same case study with further fields at the end of its front matter."""
    assert text.count("\nadded: ") == 1
    return text.replace("\nadded: ", f"\n{fields}added: ")


def without_outcomes(text: str) -> str:
    """The same case study, of which only what was done is known."""
    done = re.sub(r"\n    (result|evidence): .*", "", text.replace("\noutcomes:\n", "\noutputs:\n"))
    assert done != text
    return done
