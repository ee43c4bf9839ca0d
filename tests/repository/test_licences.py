"""Under which licences all is that is shipped and locked: licences.yml, and what each package says of itself."""

import importlib.metadata
import json
import re

import pytest
import yaml
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import canonicalize_name

from projects import REAL

LICENCES = yaml.safe_load((REAL / "licences.yml").read_text(encoding="utf-8"))
SITE, TOOLS = set(LICENCES["site"]), {*LICENCES["site"], *LICENCES["tools"]}
LISTED = [(name, licence) for licence, names in LICENCES["python"].items() for name in names.split()]
FAMILIES = "Apache Artistic BSD ISC MIT MPL PSF".split()
NPM_LOCKS = sorted(REAL.glob("*/package-lock.json")) + sorted(REAL.glob("*/npm/package-lock.json"))


def locked(name):
    text = (REAL / name).read_text(encoding="utf-8")
    return {canonicalize_name(found) for found in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}


def allows(allowed, licence):
    """Whether all parts of the expression are allowed, or one of those to choose from."""
    return any(set(choice.split(" AND ")) <= allowed for choice in licence.strip("()").split(" OR "))


def test_each_locked_package_is_listed_once():
    assert sorted(name for name, _ in LISTED) == sorted(
        locked("requirements.txt") | locked("requirements-dev.txt")
    )


def test_each_package_of_the_benchmarks_is_listed_and_allowed():
    listed = {name: licence for licence, names in LICENCES["benchmarks"].items() for name in names.split()}
    assert listed.keys() == locked("benchmarks/requirements.txt")
    assert [name for name, licence in listed.items() if not allows(TOOLS, licence)] == []


def test_what_the_site_is_made_of_may_be_copied_and_what_the_tests_use_may_be_used():
    of_the_site = locked("requirements.txt")
    refused = [one for one in LISTED if not allows(SITE if one[0] in of_the_site else TOOLS, one[1])]
    assert refused == []


@pytest.mark.parametrize(("name", "licence"), LISTED)
def test_a_package_is_under_the_licence_that_is_listed(name, licence):
    """By its own word: an expression in SPDX's terms, or else the name of a family of licences."""
    said = importlib.metadata.metadata(name)
    own = said.get("License-Expression") or said.get("License") or ""
    try:
        assert canonicalize_license_expression(own) == licence
    except InvalidLicenseExpression:
        words = f"{own} {said.get_all('Classifier', [])}".replace("Python Software", "PSF")
        named = [family for family in FAMILIES if re.search(rf"\b{family}\b", words)]
        assert not named or any(family in licence for family in named)


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=[path.parent.as_posix()[-9:] for path in NPM_LOCKS])
def test_the_packages_of_npm_are_under_allowed_licences(lock):
    unsaid = {name: licence for licence, names in LICENCES["npm"].items() for name in names.split()}
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    found = {name.rpartition("node_modules/")[2]: package for name, package in packages.items() if name}
    licences = {
        name: package.get("license") or unsaid.get(name, "unknown") for name, package in found.items()
    }
    assert {name: licence for name, licence in licences.items() if not allows(TOOLS, licence)} == {}


def test_what_is_vendored_is_under_allowed_licences_and_brings_their_texts():
    folder = REAL / "docs" / "assets" / "vendor"
    listed = json.loads((folder / "vendor.json").read_text(encoding="utf-8"))
    assert [one["file"] for one in listed if not allows(SITE, one["licence"])] == []
    for name in {one["file"].partition("/")[0] for one in listed}:
        assert (folder / name / "LICENSE.txt").is_file()


def test_there_is_a_lock_for_each_folder_that_npm_fills():
    assert len(NPM_LOCKS) == len(list(REAL.glob("*/package.json"))) + len(
        list(REAL.glob("*/npm/package.json"))
    )
