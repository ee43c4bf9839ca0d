"""The arithmetic of a benchmark."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """What several runs of one thing gave."""

    median: float
    least: float
    most: float
    number: int

    def __str__(self) -> str:
        """The median, and between which bounds all runs lay, if there were several."""
        bounds = f" ({short(self.least)}–{short(self.most)})" if self.number > 1 else ""
        return f"{short(self.median)}{bounds}"


def spread(values: Sequence[float]) -> Spread:
    """Return the median of the values, with the least and the most of them."""
    return Spread(statistics.median(values), min(values), max(values), len(values))


def exponent(few: tuple[int, float], many: tuple[int, float]) -> float:
    """Return how cost grows with size, from two pairs of them: 1 is in step, 2 is with the square."""
    return math.log(many[1] / few[1]) / math.log(many[0] / few[0])


def short(value: float) -> str:
    """Return the figure with as many decimals as mean something: 0.42, 8.5, 1,673."""
    decimals = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{decimals}f}"
