"""A mistake of an author's in a file, which every report shows in the same way."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Problem:
    file: str
    line: int
    column: int = 1
    field: str = ""
    rule: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        column = f"{self.column}:" if self.rule == "no-raw-html" else ""
        place = f"{self.file}:{self.line}:{column} "
        field = f"{self.field}: " if self.field else ""
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{place}{field}{self.message}{hint}"

    @property
    def order(self) -> tuple[Any, ...]:
        """The sort key of a report: its place. What is said of one place stays in the order of the rules."""
        return (self.file, self.line, self.column)
