"""What the site publishes beside its pages:

/schema/case-study.schema.json     the front matter's schema, as one self-contained file
"""

import json
from collections.abc import Iterator

from casebook.catalogue import Catalogue
from casebook.models import SiteFile


def exports(catalogue: Catalogue) -> Iterator[SiteFile]:
    """Yield every file that is made from the catalogue and is not a page."""
    schema = json.dumps(catalogue.published_schema, ensure_ascii=False, indent=2)
    yield SiteFile(path="schema/case-study.schema.json", text=f"{schema}\n")
