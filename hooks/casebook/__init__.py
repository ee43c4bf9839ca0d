"""The Localism Casebook: case studies in, site out.

Data flows in one direction: `content` reads a file, `validation` validates it and makes a case study of it,
and `model` cross-references them all. `site` renders pages from that, and `exports` generates all other files
that are published. `authoring`, `maintenance` and `server` are tools for contributors and maintainers.

`mkdocs_hooks.py`, beside this package, passes the result to MkDocs; `__main__` is the command line.
"""

from pathlib import Path

CODE = Path(__file__).parent
"""The folder of this package, which a build depends on as on the content."""
