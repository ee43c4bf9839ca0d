"""What the site publishes beside its pages:

/schema/case-study.schema.json     the front matter's schema, as one self-contained file
/find/words.json                   the words in which the find page looks
"""

import json
from collections.abc import Iterator

from casebook.catalogue import Catalogue
from casebook.models import SiteFile
from casebook.search import words


def exports(catalogue: Catalogue) -> Iterator[SiteFile]:
    """Yield every file that is made from the catalogue and is not a page."""
    schema = json.dumps(catalogue.published_schema, ensure_ascii=False, indent=2)
    yield SiteFile(path="schema/case-study.schema.json", text=f"{schema}\n")
    yield words(catalogue)
