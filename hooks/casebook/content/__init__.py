"""A contributed file as text, YAML and Markdown. Knows nothing of councils or questions."""

from casebook.content.atomic import UNFINISHED, create_file, replace_file, sweep
from casebook.content.blank import blank_file
from casebook.content.characters import faults, shown
from casebook.content.document import Document, parse_document, read_document
from casebook.content.files import (
    CASE_STUDIES,
    FILE_NAME,
    LEFT_BY_SYSTEMS,
    MAX_NAME,
    RESERVED,
    Refused,
    Stamp,
    file_name,
    find_files,
    folder_stamp,
    out_of_place,
    read_as_is,
    read_bytes,
    read_text,
    refuse_name,
    stamp,
    system_fault,
)
from casebook.content.front_matter import (
    MAX_FIELD_DEPTH,
    FieldPath,
    FrontMatter,
    field_name,
    read_front_matter,
)
from casebook.content.markdown import HEADINGS, body_html, heading_id, opening, sentences
from casebook.content.outline import MAX_LIST_DEPTH
from casebook.content.problem import Problem
from casebook.content.writer import file_text, yaml_block
