"""What is said of a mistake: schema/messages.yml, from which the site's form says the same."""

from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    rule: str
    message: str
    hint: str


class _Number(int):
    def __format__(self, noun: str) -> str:
        number = f"{int(self):,}"
        return f"{number} {noun}{'' if self == 1 else 's'}" if noun else number


def filled(name: str, messages: Mapping[str, str], values: Mapping[str, object]) -> Words:
    """Return the message of that name, with these values for its placeholders."""
    rule = name.partition(".")[0]
    texts = {key: _Number(value) if isinstance(value, int) else value for key, value in values.items()}
    try:
        message, _, hint = messages[name].partition("\n")
        return Words(rule, message.format(**texts), hint.format(**texts).strip())
    except (KeyError, ValueError):
        known = f"has other placeholders than {', '.join(values)}" if values else "has placeholders"
        return Words(rule, f'schema/messages.yml: "{name}" is missing or {known}', "")
