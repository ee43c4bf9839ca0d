"""The house: who imports whom, how long things are, and that the words agree with the code."""

import ast
import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tomllib

import pytest

from casebook.__main__ import main
from projects import REAL, read_yaml, run

CASEBOOK = REAL / "hooks" / "casebook"
BORDERS = {
    "yaml": {"content.front_matter"},
    "frontmatter": {"content.document"},
    "jsonschema": {"validation.validators", "validation.schema_errors"},
    "jsonschema_rs": {"validation.validators"},
    "cmarkgfm": {"content.engine"},
    "nh3": {"content.markdown"},
    "jinja2": {"exports.text_files", "maintenance.review_report", "site.rendering", "site.templates"},
    "click": {"authoring.new", "environment", "authoring.interview", "authoring.prompts", "__main__"},
    "filelock": {"authoring.new", "authoring.saved_answers", "site.builder"},
    "prompt_toolkit": {"authoring.line_editor"},
    "urllib3": {"maintenance.http_client"},
    "subprocess": {"maintenance.git", "site.builder"},
    "watchdog": {"server.watcher"},
    "http": {"server.http_handler"},
    "mkdocs": set(),
}
MODULES = {
    ".".join(path.relative_to(CASEBOOK).with_suffix("").parts): path
    for path in sorted(CASEBOOK.rglob("*.py"))
}
"""By their names within the package: `site.pages`."""
BENCHMARKS = sorted((REAL / "benchmarks").glob("*.py"))
JOBS = sorted((REAL / ".ci").glob("*.py"))
TESTS = [REAL / "tests/conftest.py", *sorted((REAL / "tests").glob("[!n]*/*.py"))]
"""All of them: tests/npm has none of ours."""


def imported(path):
    """Every module that a file imports, with dots."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            yield node.module
            if node.module.startswith("casebook"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("name", MODULES)
def test_a_package_is_entered_by_its_front_door(name):
    """What `__init__` hands on is what other packages may use; which of them may is import-linter's to say."""
    inside = [
        module.split(".") for module in imported(MODULES[name]) if module.removeprefix("casebook.") in MODULES
    ]
    assert {package for _, package, *rest in inside if rest} <= {name.split(".")[0]}


def test_a_front_door_hands_on_only_what_another_package_uses():
    used = {name for path in [*MODULES.values(), *TESTS, *JOBS] for name in imported(path)}
    for template in (REAL / "docs/overrides").rglob("*.html"):
        called = re.findall(r"\b(?:content|exports|model)\.\w+", template.read_text(encoding="utf-8"))
        used.update(f"casebook.{name}" for name in called)
    doors = {name: path for name, path in MODULES.items() if name.count(".") == 1 and path.stem == "__init__"}
    handed_on = {
        f"casebook.{package.partition('.')[0]}.{name.rpartition('.')[2]}"
        for package, path in doors.items()
        for name in imported(path)
        if name.count(".") > 2 and name.removeprefix("casebook.") not in MODULES
    }
    assert len(handed_on) > 80
    assert handed_on - used == set()


@pytest.mark.parametrize("name", MODULES)
def test_a_library_is_known_in_few_modules(name):
    for module in imported(MODULES[name]):
        library = module.split(".")[0]
        assert name in BORDERS.get(library, {name}), f"{name} imports {library}"


def test_mkdocs_is_imported_in_exactly_one_file():
    importers = [
        path.relative_to(REAL).as_posix()
        for path in sorted((REAL / "hooks").rglob("*.py"))
        if any(name.split(".")[0] == "mkdocs" for name in imported(path))
    ]
    assert importers == ["hooks/mkdocs_hooks.py"]


def is_clock(node):
    """Whether it is `datetime.now`, `date.today`, `time.time` or another such attribute."""
    clocks = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime", "strftime", "ctime"}
    return node.attr in clocks and ast.unparse(node.value).split(".")[-1] in ("datetime", "date", "time")


def test_only_one_module_reads_the_clock():
    """Nor does any other read modification times. Measuring durations is allowed.

    `content.files` detects changed files by them. `casebook serve` may do both: its pages are not published.
    """
    stamps = {"st_mtime", "st_mtime_ns", "st_ctime", "st_ctime_ns", "getmtime", "getctime"}
    reading = set()
    for path in [*MODULES.values(), REAL / "hooks" / "mkdocs_hooks.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "time":
                reading.add(path.stem)
            if isinstance(node, ast.Attribute) and (node.attr in stamps or is_clock(node)):
                reading.add(path.stem)
    assert reading - {"files", "preview", "serve"} == {"environment"}


def test_functions_and_modules_are_short():
    lengths = {}
    for path in [*MODULES.values(), *BENCHMARKS, REAL / "hooks" / "mkdocs_hooks.py"]:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                lengths[f"{path.parent.name}.{path.stem}.{node.name}"] = node.end_lineno - node.lineno + 1
    assert statistics.median(lengths.values()) <= 12
    assert [name for name, length in lengths.items() if length > 40] == []


def test_every_public_function_says_what_a_reader_cant_see():
    for path in [*MODULES.values(), *BENCHMARKS]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path.name
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name != "main":
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_the_letters_wording_is_untouched():
    """Word for word, by a hash of the founding letter's ten questions and five pledges."""
    texts = [
        entry["text"]
        for name in ("questions", "pledges")
        for entry in read_yaml((REAL / f"schema/{name}.yml").read_text(encoding="utf-8"))["entries"]
    ]
    assert len(texts) == 15
    assert hashlib.sha256("\n".join(texts).encode()).hexdigest() == LETTER


LETTER = "51950164827afc974f1f1519362f49234856631bd15e0fa976fcbb6f0be854c1"


def test_third_party_files_are_the_ones_that_were_vendored():
    folder = REAL / "docs" / "assets" / "vendor"
    listed = json.loads((folder / "vendor.json").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in listed} == {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "vendor.json"
    }
    for entry in listed:
        assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def pins(name):
    """What a lock names, such as `click==8.5.1`, each with the hashes of its files."""
    text = (REAL / name).read_text(encoding="utf-8")
    return {
        pin: set(re.findall(r"--hash=sha256:([0-9a-f]{64})", rest))
        for pin, rest in re.findall(r"^(\S+==\S+)(.*(?:\n .*)*)", text, re.MULTILINE)
    }


def test_what_is_styled_stands_in_a_template_a_script_or_the_code():
    """Every class and id of the style sheets, and every heading that they go by."""
    sheets = sorted((REAL / "docs/assets/css").rglob("*.css"))
    css = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", css, flags=re.DOTALL)
    folders = ("docs/overrides", "docs/assets/js", "hooks/casebook")
    files = [path for folder in folders for path in (REAL / folder).rglob("*.*") if path.suffix != ".pyc"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    names = set(re.findall(r"[.#]([a-z][\w-]*)", selectors))
    made = {
        name
        for name in names
        if "--" in name and re.search(rf"{name.rpartition('--')[0]}--(\{{\{{|\$\{{)", text)
    }
    assert {name for name in names - made if not re.search(rf"(?<![\w-]){name}(?![\w-])", text)} == set()
    values = re.findall(r'\[(aria-labelledby="[^"]*")\]', selectors)
    assert [value for value in values if value not in text] == []


def test_every_custom_property_is_set_and_used():
    sheets = [path.read_text(encoding="utf-8") for path in (REAL / "docs/assets/css").rglob("*.css")]
    scripts = [path.read_text(encoding="utf-8") for path in (REAL / "docs/assets/js").rglob("*.js")]
    used = set(re.findall(r"var\((--[\w-]+)", "\n".join(sheets)))
    by_scripts = set(re.findall(r'setProperty\(\s*"(--[\w-]+)"', "\n".join(scripts)))
    assert set(re.findall(r"^\s*(--[\w-]+):", "\n".join(sheets), re.MULTILINE)) | by_scripts == used


def test_what_a_script_looks_for_stands_in_a_template_or_is_made_by_a_script():
    paths = (REAL / "docs/assets/js").rglob("*.js")
    scripts = {f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8") for path in paths}
    templates = [path.read_text(encoding="utf-8") for path in (REAL / "docs/overrides").rglob("*.html")]
    made = re.findall(
        r'className = [`"]([^`"]*)|\bclass: "([^"]*)|classList\.add\("([^"]*)|\bid = "([^"]*)',
        "\n".join(scripts.values()),
    )
    there = set(re.findall(r"[a-z][\w-]*", "\n".join(templates))) | set(" ".join(map(" ".join, made)).split())
    wanted = {name: set(looked_for(text)) for name, text in scripts.items()}
    assert sum(map(len, wanted.values())) > 50
    assert {name: ids - there for name, ids in wanted.items() if ids - there} == {}


def looked_for(script):
    """The classes and ids in a script's selectors."""
    for selector in re.findall(r'(?:querySelector(?:All)?|closest|matches)\(\s*"([^"]*)"', script):
        yield from re.findall(r"[.#]([a-z][\w-]*)", selector)
    for ids in re.findall(r'getElementById\("([^"]*)"|\bbyId\("([^"]*)"', script):
        yield from filter(None, ids)


def packages(name):
    return {pin.partition("==")[0] for pin in pins(name)}


def test_every_dependency_says_why_it_is_there_and_is_locked():
    text = (REAL / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    extras = project["optional-dependencies"]
    locks = {
        "requirements.txt": [*project["dependencies"], *extras["install"]],
        "requirements-dev.txt": [*project["dependencies"], *extras["install"], *extras["dev"]],
    }
    for lock, requirements in locks.items():
        for requirement in requirements:
            name = re.match("[a-z0-9-]+", requirement)[0]
            assert re.search(rf'"{re.escape(requirement)}",\s+# \w', text), name
            assert name in packages(lock), f"{name} in {lock}"


def test_the_site_is_tested_with_what_it_is_built_with():
    """Every pin of the lock that builds it stands in the other, with the same hashes."""
    runtime, all_of_it = pins("requirements.txt"), pins("requirements-dev.txt")
    assert runtime == {pin: all_of_it.get(pin) for pin in runtime}
    assert all(all_of_it.values())
    assert len(runtime) < len(all_of_it) / 2


def test_the_site_needs_nothing_that_only_tests_have():
    owners = importlib.metadata.packages_distributions()
    ours = sys.stdlib_module_names | {"casebook"}
    for path in [*MODULES.values(), REAL / "hooks" / "mkdocs_hooks.py"]:
        for library in {name.split(".")[0] for name in imported(path)} - ours:
            names = {owner.lower().replace("_", "-") for owner in owners[library]}
            assert names <= packages("requirements.txt"), f"{path.name} imports {library}"


def recipes(*targets):
    """The commands that `make` would run for these targets on a fresh machine, each on a line."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "--dry-run", "--always-make", *targets]
    done = subprocess.run(command, cwd=REAL, env=clean, capture_output=True, text=True, check=True)
    return done.stdout.replace("\\\n", "").splitlines()


def installs(*targets):
    """What pip is asked for by `make` with these targets."""
    return [line.partition(" -m pip ")[2] for line in recipes(*targets) if " -m pip " in line]


QUIETLY = "install --quiet --disable-pip-version-check"
WHEELS = f"{QUIETLY} --no-deps --only-binary :all: --require-hashes --requirement"
ITSELF = f"{QUIETLY} --no-deps --no-build-isolation --editable ."
RUNTIME = [f"{WHEELS} requirements.txt", ITSELF]
TOOLS = f"{WHEELS} requirements-dev.txt"


def test_all_that_is_installed_is_a_wheel_that_a_lock_names_by_its_hash():
    """All but the project itself, which brings nothing along: what builds it is in the lock."""
    assert installs("site", "bench") == [*RUNTIME, TOOLS, f"{WHEELS} benchmarks/requirements.txt"]
    for script in [*(REAL / ".ci").iterdir(), *(REAL / ".github" / "workflows").iterdir()]:
        assert not re.search(r"\bpipx?\b|\buvx?\b", script.read_text(encoding="utf-8")), script.name
    for lock in ("requirements.txt", "requirements-dev.txt", "benchmarks/requirements.txt"):
        assert "://" not in (REAL / lock).read_text(encoding="utf-8"), f"{lock} names an index of packages"


def test_no_npm_package_runs_a_script_when_it_is_installed():
    """`npm ci` installs what package-lock.json names by its hash, or fails."""
    commands = re.findall(r"\bnpm [a-z].*", "\n".join(recipes("test", "bench", "lint")))
    assert len(commands) == 3
    for command in commands:
        assert command.startswith("npm ci --prefix ")
        assert " --ignore-scripts " in command


def test_make_finds_the_browser_that_the_tests_find():
    found = [line for line in recipes("test", "pictures") if "chrom" in line]
    assert [line.count(".venv/bin/python tests/support/chromium.py") for line in found] == [1, 1]


def test_locks_are_made_by_a_locked_tool():
    assert installs("lock") == [*RUNTIME, TOOLS]
    assert "uv" in packages("requirements-dev.txt")


@pytest.mark.parametrize("target", ["site", "serve", "check"])
def test_the_site_is_made_without_the_tests_tools(target):
    assert installs(target) == RUNTIME


@pytest.mark.parametrize("target", ["test", "fuzz", "lint", "fmt"])
def test_the_tests_tools_come_on_top(target):
    assert installs(target) == [*RUNTIME, TOOLS]


def test_every_command_and_target_is_documented():
    readme = (REAL / "README.md").read_text(encoding="utf-8")
    makefile = (REAL / "Makefile").read_text(encoding="utf-8")
    guides = [
        (REAL / f"{name}.md").read_text(encoding="utf-8")
        for name in ("README", "CONTRIBUTING", "MAINTAINING")
    ]
    for target in ("make site", "make test"):
        assert target in readme
        assert f"\n{target.split()[1]}:" in makefile
    assert [name for name in main.commands if f"casebook {name}" not in "".join(guides)] == []


def test_every_link_of_the_guides_leads_to_a_file():
    for guide in REAL.glob("*.md"):
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", guide.read_text(encoding="utf-8"))
        assert [link for link in links if not (REAL / link).exists()] == [], guide.name


def test_every_promise_names_the_tests_that_keep_it():
    promises = (REAL / "SECURITY.md").read_text(encoding="utf-8").partition("What is not promised")[0]
    numbers = [int(number) for number in re.findall(r"^(\d+)\. \*\*", promises, re.MULTILINE)]
    assert numbers == list(range(1, 14))
    for promise in re.split(r"^\d+\. ", promises, flags=re.MULTILINE)[1:]:
        named = re.findall(r"^ +- `(.+)`$", promise, re.MULTILINE)
        assert named, promise
        for name in named:
            file, test = name.split("::")
            assert f"\ndef {test}(" in (REAL / file).read_text(encoding="utf-8"), name


def test_the_threat_model_names_every_promise_and_tests_that_are_there():
    threats = (REAL / "THREATS.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in threats.splitlines() if line.startswith("| ")][1:]
    assert [len(row) for row in rows] == [4] * len(rows)
    holds = " ".join(re.sub("`[^`]+`", "", row[2]) for row in rows)
    assert {int(number) for number in re.findall(r"\b\d+\b", holds)} == set(range(1, 14))
    for name in re.findall(r"`(tests/[^`]+)`", threats):
        file, test = name.split("::")
        assert f"\ndef {test}(" in (REAL / file).read_text(encoding="utf-8"), name


def test_a_promise_whose_test_is_skipped_is_broken(tmp_path):
    (tmp_path / "tests").mkdir()
    shutil.copy(REAL / "tests/conftest.py", tmp_path / "tests")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = collection\n", encoding="utf-8")
    promised = "".join(
        f"   - `tests/test_it.py::{name}`\n" for name in ("test_skip", "test_skipif", "test_within")
    )
    (tmp_path / "SECURITY.md").write_text(f"1. **It holds.**\n{promised}", encoding="utf-8")
    code = """import pytest

@pytest.mark.skip
def test_skip(): pass

@pytest.mark.skipif(True, reason="x")
def test_skipif(): pass

def test_within(): pytest.skip("x")

@pytest.mark.skip
def test_other(): pass
"""
    (tmp_path / "tests/test_it.py").write_text(code, encoding="utf-8")
    found = ":".join(str(REAL / folder) for folder in ("hooks", "tests/support", "."))
    done = run("-m", "pytest", "-q", cwd=tmp_path, PYTHONPATH=found)
    assert done.returncode == 1
    assert (
        "1 failed, 1 skipped, 2 errors" in done.stdout
    )  # marks skip before the test begins; the other is no promise
    assert "SECURITY.md names this test: it may not be skipped." in done.stdout


def test_a_shared_folder_that_could_not_be_made_tells_each_user_why(once):
    def fill(folder):
        raise RuntimeError("the build has failed")

    with pytest.raises(RuntimeError):
        once("refused", fill)
    with pytest.raises(AssertionError, match="RuntimeError: the build has failed"):
        once("refused", fill)


def texts():
    """Every file of the repository that people write, with its text."""
    folders = [
        REAL / name for name in "benchmarks case_studies docs hooks lint schema tests .ci .github".split()
    ]
    inside = (path for folder in folders for path in sorted(folder.rglob("*")))
    for path in [*REAL.iterdir(), *inside]:
        if path.is_file() and not {"node_modules", ".venv", "vendor", "__pycache__"} & set(path.parts):
            yield path, path.read_bytes().decode("utf-8", "replace")


def test_nothing_leads_out_of_the_repository():
    """A clone stands by itself: no file speaks of a folder beside it."""
    leads_out = re.compile(r"\b[s]hared/|\bREAL[.]parent\b|[.]parent[.]parent[.]parent\b")
    assert [path.name for path, text in texts() if leads_out.search(text)] == []


def test_the_real_case_studies_are_read_through_one_fixture():
    """So all that a case study can break on main was run on the contribution that brought it (see tests/conftest.py)."""
    directly = re.compile(r'\b(?:load|examine)\(REAL, |cwd=REAL\b|REAL / f?"(?:case_studies|tests/evidence)')
    found = [path.name for path in TESTS if directly.search(path.read_text(encoding="utf-8"))]
    assert found == [
        "test_ci.py",
        "test_house.py",
    ]  # the one asks pytest what it would run, the other is this


def test_the_map_of_packages_says_what_their_docstrings_say():
    contributing = (REAL / "CONTRIBUTING.md").read_text(encoding="utf-8")
    packages = sorted(CASEBOOK.glob("*/__init__.py"))
    assert len(packages) == 8
    for path in [*packages, CASEBOOK / "environment.py", CASEBOOK / "__main__.py"]:
        name = f"{path.parent.name}/" if path.stem == "__init__" else path.name
        assert f"| `{name}` | {purpose(path)} |" in contributing, name


def test_whoever_adds_something_is_led_to_files_that_are_there():
    contributing = (REAL / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:docs|hooks|schema|tests|[.]ci)/[\w./-]*)`", contributing.partition("How to add")[2]
    )
    assert len(named) > 15
    assert [name for name in named if not (REAL / name).exists()] == []


def purpose(path):
    """The first paragraph of a module's docstring, on one line."""
    return " ".join(
        ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))).partition("\n\n")[0].split()
    )


def test_every_module_of_the_benchmarks_is_on_the_map():
    readme = (REAL / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for path in BENCHMARKS:
        if path.stem != "__init__":
            assert f"`{path.name}`" in readme, path.name


def test_the_journeys_fit_the_code():
    """They run in other browsers, by a command of their own: here, they are only imported."""
    done = run("-m", "pytest", "--collect-only", "--quiet", "tests/journeys", cwd=REAL)
    assert done.returncode == 0, done.stdout
