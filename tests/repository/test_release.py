"""A release: a frozen edition, whose files say what they are, and what has changed since the one before."""

import json
import shutil
import subprocess
import zipfile

import frictionless
import pytest
import yaml

from fuller import ROOM, WITHDRAWN, with_fields
from projects import REAL, build, make_project, run, tree

TREES, VOTE = "case_studies/westover-trees.md", "case_studies/joint-youth-vote.md"


def git(folder, *arguments):
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(("git", *who, *arguments), cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(project):
    git(project.root, "add", "--all")
    git(project.root, "commit", "--quiet", "--message", "Some")


def freeze(project, version, folder, *since):
    script = str(REAL / ".ci/release.py")
    return run(script, version, "site", "sbom.cdx.json", folder, *since, cwd=project.root)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The small project, released once, and then changed: a case study is new, one corrected, and one withdrawn."""
    project = make_project(tmp_path_factory.mktemp("released"))
    shutil.copy(REAL / "CITATION.cff", project.root)
    project.write(".gitignore", "/site/\n/.site*\n/release/\n__pycache__/\n")
    git(project.root, "init", "--quiet")
    vote = project.read(VOTE)
    schema = project.read("schema/case-study.schema.json")
    (project.root / VOTE).unlink()
    project.write("schema/case-study.schema.json", "{}")  # of a time when it was another
    commit(project)
    git(project.root, "tag", "v1.0.0")
    project.write(VOTE, vote)
    project.write("schema/case-study.schema.json", schema)
    project.replace(TREES, "title: Westover asks", "title: Westover now asks")
    project.rewrite(ROOM, with_fields, WITHDRAWN)
    commit(project)
    build(project)
    project.write("sbom.cdx.json", "{}\n")
    return project


@pytest.fixture(scope="module")
def release(project):
    done = freeze(project, "1.1.0", "release/1.1.0", "v1.0.0")
    assert done.stdout == (
        "Add to docs/data/releases.md: | [1.1.0](https://github.com/localism-casebook/localism-casebook"
        "/releases/tag/v1.1.0) | 2026-11-24 | 1 | 1 | 1 |\n"
    ), done.stderr
    return project.root / "release/1.1.0"


def test_it_tells_what_was_added_corrected_and_withdrawn(release):
    assert (release / "CHANGES.md").read_text(encoding="utf-8") == (
        "# 1.1.0 – 2026-11-24\n\n"
        "## Added\n\n- Two councils let young people vote on a budget (`joint-youth-vote`)\n\n"
        "## Corrected\n\n- Westover now asks its streets about trees (`westover-trees`): title\n\n"
        "## Withdrawn\n\n- Readers run the Exampleton reading room (`reading-room`)\n\n"
        "## Renamed\n\nNone.\n"
    )


def test_the_first_says_so(project):
    done = freeze(project, "1.0.0", "release/1.0.0")
    assert done.stdout.endswith(" | 2026-11-24 | 2 | 0 | 0 |\n"), done.stderr
    text = (project.root / "release/1.0.0/CHANGES.md").read_text(encoding="utf-8")
    assert text == "# 1.0.0 – 2026-11-24\n\nThis is the first release.\n"


@pytest.mark.parametrize(
    ("folder", "since", "why"),
    [
        ("release/1.1.0", "", "release/1.1.0 is there already. Move it away first.\n"),
        ("release/link", "", "release/link is there already. Move it away first.\n"),
        ("release/other", "v0.9.9", '"v0.9.9" is not a revision that Git knows here.\n'),
        ("site/index.html/other", "", "File exists: site/index.html\n"),
    ],
)
def test_what_stands_in_its_way_is_said_and_nothing_is_half_written(project, release, folder, since, why):
    link = project.root / "release/link"
    link.unlink(missing_ok=True)
    link.symlink_to("nowhere")
    before = tree(project.root)
    done = freeze(project, "1.2.0", folder, *filter(None, [since]))
    assert (done.returncode, done.stderr.replace(f"{project.root}/", "")) == (1, why)
    assert tree(project.root) == before


def test_a_version_has_three_numbers(project):
    done = freeze(project, "newest", "release/newest")
    assert (done.returncode, done.stderr) == (2, "newest is no version: write it like 1.0.0.\n")
    assert not (project.root / "release/newest").exists()


def test_every_file_is_in_the_checksums_and_unchanged(release):
    names = {line.split("  ")[1] for line in (release / "SHA256SUMS").read_text().splitlines()}
    assert names == {path.name for path in release.iterdir()} - {"SHA256SUMS"}
    assert {
        "casebook.json",
        "casebook.sqlite",
        "casebook-csv.zip",
        "sbom.cdx.json",
        "CITATION.cff",
        ".zenodo.json",
    } < names
    subprocess.run(("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"), cwd=release, check=True)


def test_the_archive_is_a_data_package(release, tmp_path):
    with zipfile.ZipFile(release / "casebook-csv.zip") as packed:
        packed.extractall(tmp_path)
    package = frictionless.Package(tmp_path / "datapackage.json")
    assert {resource.path for resource in package.resources} == {path.name for path in tmp_path.glob("*.csv")}
    assert all((tmp_path / resource.path).read_bytes() for resource in package.resources)


def test_it_says_its_version_and_that_of_its_form(project, release):
    about = json.loads((release / "release.json").read_text(encoding="utf-8"))
    assert about == {
        "version": "1.1.0",
        "schema_version": 1,
        "date": "2026-11-24",
        "since": "v1.0.0",
        "commit": git(project.root, "rev-parse", "HEAD"),
    }
    cited = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    kept = json.loads((release / ".zenodo.json").read_text(encoding="utf-8"))
    assert (cited["version"], str(cited["date-released"])) == ("1.1.0", "2026-11-24")
    assert (kept["version"], kept["publication_date"]) == ("1.1.0", "2026-11-24")
    assert (kept["title"], kept["license"]) == (cited["title"], "cc-by-4.0")
