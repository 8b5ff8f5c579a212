# `make site` builds the example site, `make test` passes the tests; each does all its own set-up in .venv.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: site test check lint types layers e2e test-browser test-readers test-long screenshots fuzz clean

site: $(READY)
	$(BIN)/advgen build

test: $(READY)
	$(BIN)/pytest -q -n auto

check: lint types layers test

lint: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

# The wheel in a fresh environment, and the servers whose files a build writes; where it may, it installs them.
e2e: $(READY)
	.ci/need nginx apache2 caddy
	$(BIN)/pytest -q -m e2e

# The site in Chromium and on paper, and the preview, edited in vim; where it may, it installs these.
test-browser: .venv/ready-browser
	.ci/need chromium vim git pdftotext:poppler-utils
	$(BIN)/pytest -q -m "browser and not slow" tests/browser

# Thirty days of a site, as feed readers see them; where it may, it installs them.
test-readers: $(READY)
	.ci/need newsboat r2e:rss2email nginx:nginx-light
	$(BIN)/pytest -q -m readers tests/readers

# The pictures in docs/site.md.
screenshots: .venv/ready-browser
	.ci/need chromium /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf:fonts-noto-core /usr/share/fonts/truetype/noto/NotoSansMono-Regular.ttf:fonts-noto-mono
	$(BIN)/python docs/screenshots.py

# What takes many minutes: a thousand killed builds, ten minutes of edits before five browsers.
test-long: .venv/ready-browser
	.ci/need chromium vim git
	$(BIN)/pytest -q -s -m slow

# A million inputs, for as many minutes as that takes; what something falls over stays in tests/fuzz/found.
fuzz: .venv/ready-fuzz
	for name in advisory own_page configuration foreign body listed; do $(BIN)/python -m tests.fuzz $$name -runs=170000 || exit 1; done

# The versions that were tested, by hash; the project itself is installed without asking an index again.
$(READY): pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .ci/constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

.venv/ready-browser: $(READY) .ci/constraints-browser.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .ci/constraints-browser.txt
	touch $@

.venv/ready-fuzz: $(READY) .ci/constraints-fuzz.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .ci/constraints-fuzz.txt
	touch $@

clean:
	rm -rf .venv .cache dist .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
