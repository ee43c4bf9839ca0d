"""The council register: the rules that catch every fault found in public registers, and its facts."""

import csv
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from conftest import REAL, TODAY

from casebook import schema

FACTS = REAL.parent / "shared" / "data" / "councils.csv"
PREFIXES = {
    "unitary": "E06",
    "district": "E07",
    "metropolitan": "E08",
    "london-borough": "E09",
    "county": "E10",
    "strategic": "E47 E61",
    "scottish": "S12",
    "welsh": "W06",
    "northern-irish": "N09",
}
KINDS = {
    "unitary": "unitary",
    "unitary (not yet in being)": "unitary",
    "non-metropolitan district": "district",
    "metropolitan district": "metropolitan",
    "London borough": "london-borough",
    "City corporation (London)": "london-borough",
    "county": "county",
    "combined authority": "strategic",
    "combined county authority": "strategic",
    "strategic regional authority": "strategic",
    "Scottish council": "scottish",
    "Welsh council": "welsh",
    "Northern Ireland council": "northern-irish",
}
# Where the casebook's name is the statistics office's and that of the facts is another.
OTHER_TITLES = {
    "bristol",
    "dorset",
    "eilean-siar",
    "kings-lynn-and-west-norfolk",
    "lincoln",
    "rhondda-cynon-taf",
    "scottish-borders",
    "vale-of-glamorgan",
}
# Other names in the facts that are slips of typing or of encoding, or a partnership's.
SLIPS = {
    "City\u00ef\u00be\u00a0and County of Swansea",
    "Sir Ynys Mï¿½n",
    "aberdeen c ity",
    "aberdeen cuty",
    "adur and worthing borough council",
    "ease dunbartonshire",
    "east dunbaronshire",
    "east dunbarton",
    "east dunnbartonshire",
    "glasgow city coucil",
    "highands",
    "south ayshire",
    "ynys mn",
}
# Whose tiles were moved by hand, to lie beside their neighbours.
MOVED = {
    "county-durham",
    "cumberland",
    "darlington",
    "milton-keynes",
    "north-east-lincolnshire",
    "north-lincolnshire",
    "thurrock",
    "west-dunbartonshire",
    "west-northamptonshire",
    "westmorland-and-furness",
}


@pytest.fixture(scope="module")
def councils():
    law, problems = schema.load(REAL)
    assert problems == []
    return tuple(law.vocabularies["councils"].terms.values())


def in_being(councils):
    return [c for c in councils if not c.end and (not c.start or c.start <= TODAY)]


def test_a_reorganisation_changes_these_counts_on_purpose(councils):
    assert Counter(council.kind.id for council in in_being(councils)) == {
        "unitary": 63,
        "district": 164,
        "metropolitan": 36,
        "london-borough": 33,
        "county": 21,
        "scottish": 32,
        "welsh": 22,
        "northern-irish": 11,
        "strategic": 20,
    }
    assert sum(bool(council.end) for council in councils) == 113
    assert sorted(c.id for c in councils if c.start and c.start > TODAY) == ["east-surrey", "west-surrey"]


def test_codes_and_tiles_belong_to_one_council_each(councils):
    codes = Counter(council.gss for council in in_being(councils) if council.gss)
    tiles = Counter(council.hex for council in in_being(councils) if council.hex)
    assert [code for code, count in codes.items() if count > 1] == []
    assert [tile for tile, count in tiles.items() if count > 1] == []
    assert len(tiles) == 361


def test_a_code_fits_its_kind(councils):
    wrong = [
        (council.id, council.gss)
        for council in councils
        for code in (council.gss, *council.former_gss)
        if code and not code.startswith(tuple(PREFIXES[council.kind.id].split()))
    ]
    assert wrong == []


def test_the_abolished_have_successors_that_begin_the_day_after(councils):
    by_id = {council.id: council for council in councils}
    for council in councils:
        assert bool(council.end) == bool(council.successors), council.id
        for successor in council.successors:
            assert by_id[successor].start == council.end + timedelta(days=1), council.id


def test_no_line_of_successors_comes_round_again(councils):
    by_id = {council.id: council for council in councils}
    for council in councils:
        line = list(council.successors)
        for id in line:
            assert id != council.id
            line += [heir for heir in by_id[id].successors if heir not in line]


def test_days_lie_within_the_age_of_councils(councils):
    days = [day for council in councils for day in (council.start, council.end) if day]
    assert date(1889, 1, 1) <= min(days)
    assert max(days) < date(2036, 1, 1)


def test_england_has_regions_and_the_other_nations_have_none(councils):
    for council in councils:
        assert bool(council.region) == (council.nation.id == "england"), council.id


def test_an_alias_is_not_another_councils_name(councils):
    names = {n.casefold(): c.id for c in in_being(councils) for n in (c.id, c.title, c.official_name)}
    for council in councils:
        for alias in council.aliases:
            assert names.get(alias.casefold(), council.id) == council.id, (council.id, alias)


@pytest.mark.skipif(not FACTS.is_file(), reason="needs ../shared/data")
def test_the_register_agrees_with_the_facts_compiled_for_it(councils):
    with FACTS.open(encoding="utf-8", newline="") as file:
        facts = {row["slug"]: row for row in csv.DictReader(file)}
    assert facts.keys() == {council.id for council in councils}
    for council in councils:
        row = facts[council.id]
        ours = {
            "official_name": council.official_name,
            "gss_code": council.gss,
            "former_gss_codes": ",".join(council.former_gss),
            "nation": council.nation.title,
            "start_date": str(council.start or ""),
            "end_date": str(council.end or ""),
            "successor": ";".join(council.successors),
            "hex_q": str(council.hex[0]) if council.hex else "",
            "hex_r": str(council.hex[1]) if council.hex else "",
        }
        if council.id in MOVED:
            assert (ours.pop("hex_q"), ours.pop("hex_r")) != (row["hex_q"], row["hex_r"])
        assert ours == {column: row[column] for column in ours}, council.id
        assert council.kind.id == KINDS[row["type"]], council.id
        assert council.area.title.casefold() == row["region"].casefold(), council.id
        assert (council.title == row["name"]) is (council.id not in OTHER_TITLES), council.id
        assert row["name"] in (council.title, *council.aliases, council.official_name), council.id
        told = re.split(";", row["alt_names"]) if row["alt_names"] else []
        known = {name.casefold() for name in (council.id, council.title, council.official_name)}
        known |= {alias.casefold() for alias in council.aliases}
        assert {alias.casefold() for alias in told if alias not in SLIPS} <= known, council.id
