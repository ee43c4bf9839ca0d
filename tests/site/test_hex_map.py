"""The map of councils."""

import pytest

from casebook.site.hex_map import council_map


@pytest.fixture
def small(project):
    return council_map(project.load())


def test_each_council_in_being_that_has_a_position_has_a_tile(small):
    assert [tile.council.id for tile in small.tiles] == ["exampleton", "northmere", "quiet-vale"]
    assert [tile.council.id for tile in small.quiet] == ["quiet-vale"]


def test_a_tile_counts_what_came_down_to_its_council(small):
    assert [(tile.council.id, tile.cases) for tile in small.active] == [("exampleton", 3), ("northmere", 1)]


def test_a_higher_row_lies_further_north_and_an_odd_row_further_east(small):
    exampleton, northmere, quiet_vale = small.tiles
    assert exampleton.y > northmere.y > quiet_vale.y
    assert exampleton.x == quiet_vale.x > northmere.x


def test_a_council_without_a_position_is_listed_beside_the_map(project):
    project.replace("schema/councils.yml", "  hex: [1, 2]\n", "")
    assert [council.id for council in council_map(project.load()).elsewhere] == ["northmere"]


def test_a_council_that_has_not_begun_has_no_tile(project):
    (project.root / "case_studies/joint-youth-vote.md").unlink()
    project.replace("schema/councils.yml", '"1996-04-01"', '"2027-04-01"')
    assert [tile.council.id for tile in council_map(project.load()).tiles] == ["exampleton", "quiet-vale"]


def test_no_two_real_tiles_overlap(casebook):
    real = council_map(casebook)
    assert len({(round(tile.x), round(tile.y)) for tile in real.tiles}) == len(real.tiles) == 361
    for tile in real.tiles:
        assert 0 < tile.x < real.width
        assert 0 < tile.y < real.height
