"""The Localism Casebook: case studies in, site out.

The journey, in one direction: `content` reads a file, `validation` checks it and makes a case study of it,
and `model` holds them all, cross-referenced. `site` renders pages of that, and `exports` all else that is
published. `authoring`, `maintenance` and `server` are for people at work.

`mkdocs_hooks.py`, beside this package, hands the result to MkDocs; `__main__` is the command line.
"""

from pathlib import Path

CODE = Path(__file__).parent
"""Our own code, which is part of what a site is made from."""
