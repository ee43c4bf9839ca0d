"""Every colour of text can be read on every ground that it stands on, in both schemes."""

import pytest

from casebook.site import palette
from projects import REAL


@pytest.mark.parametrize("pair", palette.pairs(REAL), ids=lambda pair: f"{pair.text} on {pair.ground}")
def test_text_can_be_read(pair):
    assert min(pair.ratios) >= 4.5


def test_type_and_space_are_short_scales_that_rise():
    """That nothing is sized otherwise is the linter's to say."""
    for kind, most in (("type", 8), ("space", 10)):
        steps = palette.scale(REAL, kind)
        assert [step.name for step in steps] == [f"{kind}-{number}" for number in range(1, len(steps) + 1)]
        assert 1 < len(steps) <= most
        sizes = [step.pixels for step in steps]
        assert sizes == sorted(set(sizes))


def test_contrast_is_as_the_standard_defines_it():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.005)
