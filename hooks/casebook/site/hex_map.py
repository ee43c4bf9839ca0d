"""The map of councils: one hexagon each, so that a small borough counts as much as a large county.

Positions are the register's, on an odd-r grid: columns from the west, rows from the south, and every odd row
half a tile further east. County councils and strategic authorities lie over others' areas and have no tile.
"""

import math
from dataclasses import dataclass

from casebook.model import Catalogue, Council

SIZE = 10.0
"""From a tile's middle to its corner, in the picture's own units."""
WIDTH = math.sqrt(3) * SIZE
GAP = 0.92
"""How much of its place a tile fills."""


@dataclass(frozen=True, kw_only=True)
class Tile:
    council: Council
    cases: int
    """Its own, and those of the councils that came before it."""
    x: float
    y: float

    @property
    def corners(self) -> str:
        """The hexagon, as the points of an SVG polygon."""
        angles = (math.radians(60 * corner - 30) for corner in range(6))
        reaches = ((SIZE * GAP * math.cos(angle), SIZE * GAP * math.sin(angle)) for angle in angles)
        return " ".join(f"{self.x + x:.1f},{self.y + y:.1f}" for x, y in reaches)


@dataclass(frozen=True, kw_only=True)
class Map:
    width: int
    height: int
    tiles: tuple[Tile, ...]
    elsewhere: tuple[Council, ...]
    """Active councils in being that have no tile."""

    @property
    def active(self) -> tuple[Tile, ...]:
        """The tiles with case studies, in the register's order."""
        return tuple(tile for tile in self.tiles if tile.cases)

    @property
    def quiet(self) -> tuple[Tile, ...]:
        return tuple(tile for tile in self.tiles if not tile.cases)


def council_map(catalogue: Catalogue) -> Map:
    """Lay out every council in being that has a position."""
    placed = [council for council in catalogue.councils if council.hex and catalogue.exists(council)]
    top = max((council.hex[1] for council in placed if council.hex), default=0)
    tiles = tuple(_tile(catalogue, council, top) for council in placed)
    return Map(
        width=math.ceil(max((tile.x for tile in tiles), default=0) + WIDTH / 2),
        height=math.ceil(1.5 * SIZE * top + 2 * SIZE),
        tiles=tiles,
        elsewhere=tuple(c for c in catalogue.active_councils if catalogue.exists(c) and not c.hex),
    )


def _tile(catalogue: Catalogue, council: Council, top: int) -> Tile:
    column, row = council.hex or (0, 0)
    return Tile(
        council=council,
        cases=len(catalogue.about(council)) + len(catalogue.inherited(council)),
        x=WIDTH * (column + 0.5 + 0.5 * (row % 2)),
        y=SIZE * (1 + 1.5 * (top - row)),
    )
