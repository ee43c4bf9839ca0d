"""The colours, sizes and spaces of the style sheets, and the contrast of each pair of colours."""

import re
from dataclasses import dataclass
from pathlib import Path as FilePath

STYLE_SHEET = "docs/assets/css/tokens.css"
PAIRS = """ink/paper ink/card soft/paper soft/card soft/green-wash green/paper green/card green/green-wash
    red/paper red/card on-green/mast ink/mark focus-ink/focus worked/worked-wash mixed/mixed-wash
    did-not-work/did-not-work-wash too-early/too-early-wash""".split()
"""Every colour of text with every colour that it stands on."""

_SCHEME = re.compile(r":root \{(.*?)\}", re.DOTALL)
_COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6})")


@dataclass(frozen=True, kw_only=True)
class Pair:
    text: str
    ground: str
    light: tuple[str, str]
    """The colours of text and ground, as #rrggbb, in the light scheme."""
    dark: tuple[str, str]

    @property
    def ratios(self) -> tuple[float, float]:
        """The contrast in the light and in the dark scheme."""
        return contrast(*self.light), contrast(*self.dark)


def pairs(root: FilePath) -> tuple[Pair, ...]:
    """Return every pair in use. The style sheet's first two :root rules are the light and the dark scheme."""
    rules = _SCHEME.findall((root / STYLE_SHEET).read_text(encoding="utf-8"))
    light = dict(_COLOUR.findall(rules[0]))
    dark = light | dict(_COLOUR.findall(rules[1]))
    return tuple(
        Pair(text=text, ground=ground, light=(light[text], light[ground]), dark=(dark[text], dark[ground]))
        for text, _, ground in (pair.partition("/") for pair in PAIRS)
    )


@dataclass(frozen=True)
class Step:
    name: str
    value: str
    """As CSS has it."""

    @property
    def pixels(self) -> float:
        """Return how large it is at most, where rem is 20 pixels."""
        return 20 * max(float(rem) for rem in re.findall(r"([\d.]+)rem", self.value))


def scale(root: FilePath, kind: str) -> tuple[Step, ...]:
    """Return the steps of the scale of this kind, `type` or `space`, the smallest first."""
    text = (root / STYLE_SHEET).read_text(encoding="utf-8")
    return tuple(Step(*found) for found in re.findall(rf"--({kind}-\d+): (.*);", text))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours #rrggbb, from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
