"""Any file is judged in the time of forty honest ones and in 200 MB, by its own child process's account of both.

The honest one is as long as a file may be, and takes some 0.03 seconds; a slow machine is slow with both.
"""

import json
import resource
import shutil

import pytest
import yaml

from bombs import HONEST, bombs
from casebook.content import front_matter
from projects import REAL, run

TIMES, MEGABYTES = 40, 200
BOMBS = dict(bombs())


@pytest.fixture(scope="session")
def judged(once):
    """What was said of each bomb under the real schema, and what that took: of two honest files, too, the first and the last."""
    names = ("honest", *BOMBS, "honest again")

    def fill(root):
        shutil.copytree(REAL / "schema", root / "schema")
        (root / "case_studies").mkdir()
        (root / "bombs").mkdir()
        for name in names:
            (root / "bombs" / name).write_bytes(BOMBS.get(name, HONEST))
        done = run(str(REAL / "tests/support/judge.py"), str(root), *names, cwd=root / "bombs")
        assert done.returncode == 0, done.stderr
        (root / "judged.jsonl").write_text(done.stdout, encoding="utf-8")

    lines = (once("judged", fill) / "judged.jsonl").read_text(encoding="utf-8").splitlines()
    return dict(zip(names, map(json.loads, lines), strict=True))


@pytest.fixture(scope="module")
def allowed(judged):
    """The seconds that a file may take on this machine, busy as it is."""
    return TIMES * max(judged[name]["seconds"] for name in ("honest", "honest again"))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_judged_in_the_time_of_forty_honest_files(name, judged, allowed):
    found = judged[name]
    assert found["status"] == 0, "it did not come to an end by itself"
    assert found["seconds"] <= allowed
    assert found["megabytes"] <= MEGABYTES
    assert "in 1 case study." in found["said"] or "in 1 of 1 case study." in found["said"]
    assert len(found["said"]) < 30_000


@pytest.mark.parametrize("name", [name for name in BOMBS if name.startswith("yaml-")])
def test_no_bomb_in_front_matter_is_let_through(name, judged):
    assert judged[name]["said"].startswith("case_studies/bomb.md:")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("yaml-unclosed-300k", "1: larger than 256 kB"),
        ("yaml-unclosed-in-lines", '2: more than 2000 opening brackets "[" and "{"'),
        ("yaml-braces-in-lines", '2: more than 2000 opening brackets "[" and "{"'),
        ("yaml-nested-20k", "2: line 2 is longer than 20,000 characters"),
        ("yaml-nested-9k", '2: more than 2000 opening brackets "[" and "{"'),
        ("yaml-nested-500", "2: a[0][0][0][0][0]: nested more than 6 deep"),
        ("yaml-self-alias", '2: a: the anchor "&a" on line 2 is not allowed'),
        ("yaml-laughs", '2: a0: the anchor "&a0" on line 2 is not allowed'),
        ("yaml-keys-20k", "2001: k1999: there is too much here to read"),
        ("yaml-items-50k", "2001: a[1998]: there is too much here to read"),
        ("yaml-different-councils", "2: councils: 1,900 are too many: at most 20"),
        ("body-headings", "70: and 11,850 more problems from here on"),
        ("body-wide-table", "14: the body is longer than 60,000 characters: it has 236,143"),
        ("body-one-line", "1: larger than 256 kB"),
        ("body-ten-megabytes", "1: larger than 256 kB"),
    ],
)
def test_it_is_said_which_limit_a_bomb_is_over(name, message, judged):
    lines = [line for line in judged[name]["said"].splitlines() if not line.startswith(" ")]
    assert f"case_studies/bomb.md:{message}" in lines


def test_a_number_of_6000_digits_is_too_long_a_title(judged):
    assert "2: title: too long: 6,000 characters, at most 90\n" in judged["yaml-digits"]["said"]


def test_brackets_are_counted_before_libyaml_sees_them(monkeypatch):
    """Of some 300,000 it dies, and nothing in Python could catch that."""

    def parse(*arguments, **named):
        pytest.fail("libyaml was called")

    monkeypatch.setattr(yaml, "parse", parse)
    (problem,) = front_matter.read_front_matter("a: " + "[" * 300_000, file="x.md").problems
    assert problem.message == 'more than 2000 opening brackets "[" and "{"'


def test_what_is_let_through_is_built(judged, allowed, project):
    """All at once, for what a check lets through must not hang the build either."""
    shutil.copytree(REAL / "schema", project.root / "schema", dirs_exist_ok=True)
    for file in (project.root / "case_studies").iterdir():
        file.unlink()
    let_through = [name for name in BOMBS if judged[name]["said"] == "No problems in 1 case study."]
    for name in let_through:
        (project.root / "case_studies" / f"{name}.md").write_bytes(BOMBS[name])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = project.run("build")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert len(let_through) > 35
    assert (done.returncode, done.stdout) == (0, f"Built site/ from {len(let_through)} case studies.\n")
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < allowed * len(let_through)
