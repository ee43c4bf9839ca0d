"""The Localism Casebook: case studies in, site out.

The journey, in one direction:

    files         which files may lie in case_studies/, and their text
    documents     a file's front matter (read strictly) and body
    rules         what a document must keep to, held against the schema
    case_studies  a checked document becomes a CaseStudy
    catalogue     all of them, cross-referenced
    loading       files to catalogue, in one go; `load` is the front door
    pages         the catalogue, drawn
    exports       the catalogue, as data

`mkdocs_hooks.py`, beside this package, hands the result to MkDocs; `__main__` is the command line.
"""
