"""Citations as reference managers and LaTeX users read them."""

import bibtexparser
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware


def read_bibtex(text):
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    (entry,) = library.entries
    # The decoder knows the caret only as an accent.
    return {"type": entry.entry_type, "key": entry.key} | {
        name: field.value.replace("ˆ", "^") for name, field in entry.fields_dict.items()
    }


def read_ris(text):
    (record,) = rispy.loads(text)
    return record
