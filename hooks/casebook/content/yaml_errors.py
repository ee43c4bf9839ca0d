"""What libyaml says when it can't read front matter, in an author's words."""

import re

import yaml

from casebook.content.characters import shown

QUOTE_IT = "Put the whole value between double quotes."
_ENDS_EARLY = re.compile(r"""[^'"]*:\s+(['"])[^'"]*\1\w""")


def explain(error: yaml.MarkedYAMLError, lines: list[str], first_line: int) -> tuple[int, int, str, str]:
    """Return line, column, message and hint."""
    context, problem = error.context or "", error.problem or ""
    opened = "quoted scalar" in context or "flow" in context
    mark = (opened and error.context_mark) or error.problem_mark or error.context_mark
    typed = lines[mark.line] if mark.line < len(lines) else ""
    line = first_line + mark.line
    if opened:
        message, hint = _unclosed(context, problem, line)
    else:
        message, hint = _misread(problem, line, typed, mark.column)
    return line, mark.column + 1, message, hint


def _unclosed(context: str, problem: str, line: int) -> tuple[str, str]:
    if "flow" in context:
        return (
            f"the bracket opened on line {line} is not closed, or a comma is missing in it",
            "Close it, and put a comma between items.",
        )
    if "end of stream" in problem:
        return f"the quotation mark opened on line {line} is never closed", "Close the quote."
    return (
        f"the value in quotation marks on line {line} has a backslash that can't be read",
        "Leave out the backslash.",
    )


def _misread(problem: str, line: int, typed: str, column: int) -> tuple[str, str]:
    key = typed.strip().removeprefix("- ").partition(":")[0]
    value = f'the value of "{shown(key)}" on line {line}'
    if _ENDS_EARLY.match(typed):
        return (
            f"{value} has a quote that ends early",
            "Use double quotes outside and single quotes inside, or double the inner quote.",
        )
    if "mapping values are not allowed" in problem and ":" in typed[:column]:
        return f'{value} holds ": " and is not in quotes', QUOTE_IT
    if "\t" in typed[: column + 1]:
        return f"line {line} is indented with a tab", "Use spaces."
    if "cannot start any token" in problem:
        return f'{value} begins with "{typed[column : column + 1]}", which YAML keeps for itself', QUOTE_IT
    return (
        f"line {line} does not fit the lines above it",
        "Look at its indent (spaces at the start), and for a missing colon, bracket or quote.",
    )
