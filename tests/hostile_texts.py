"""Texts that the rules let through and that mean something to one format or another, for tests of what is published."""

from hypothesis import strategies

from casebook.characters import faults

_PIECES = """ " ' & &amp; &#65; < > </script> <!-- ]]> { } {{ \\ \\emph{x} -- --- `` '' ?` ,, % $ # _ ~ ^ @misc{x, = ER - [x](y) [ ] * ` é ŵ 🏊 £
one two""".split()
_ANY = strategies.characters(exclude_categories=("C", "Zl", "Zp"))
_LOOSE = strategies.lists(
    strategies.sampled_from(_PIECES) | strategies.just(" ") | _ANY, min_size=1, max_size=12
)
TEXTS = (
    _LOOSE.map(lambda pieces: " ".join("".join(pieces).split()))
    .filter(bool)
    .filter(lambda text: not any(faults(text)))
)
"""One line each, as titles and summaries are."""
