"""The statistics of a benchmark."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """The median and the range of several runs."""

    median: float
    least: float
    most: float
    number: int

    def __str__(self) -> str:
        """The median, and the range if there were several runs."""
        limits = f" ({short(self.least)}–{short(self.most)})" if self.number > 1 else ""
        return f"{short(self.median)}{limits}"


def spread(values: Sequence[float]) -> Spread:
    """Return the median, the minimum and the maximum of the values, and their number."""
    return Spread(statistics.median(values), min(values), max(values), len(values))


def exponent(few: tuple[int, float], many: tuple[int, float]) -> float:
    """Return the exponent of cost by size, from two pairs of size and cost: 1 is linear, 2 is quadratic."""
    return math.log(many[1] / few[1]) / math.log(many[0] / few[0])


def short(value: float) -> str:
    """Return the figure with about three significant digits: 0.42, 10.5, 1,673."""
    decimals = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{decimals}f}"
