# Two commands do everything on a fresh machine: `make serve` and `make test`.
# Python 3.11 or later and make are all they need; each sets up .venv by itself.

PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$python; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The versions that are known to work; without them, what was released last night decides what runs.
INSTALL := $(PIP) install --constraint constraints.txt
PORT := 8001

.DEFAULT_GOAL := help
.PHONY: help example serve test test-all lint types docs build constraints newest dist clean

help:                ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1  \t\2/p' Makefile

serve: .venv/run     ## check the ledger, build the database, serve it on 127.0.0.1:8001
	$(BIN)/forecastlog check
	$(BIN)/forecastlog build
	$(BIN)/forecastlog serve --port $(PORT)

build: .venv/run     ## check the ledger and build the database
	$(BIN)/forecastlog check
	$(BIN)/forecastlog build

test: .venv/test     ## the fast tests: under three minutes, nothing needed but Python
	$(BIN)/python -m pytest -q -n auto

test-all: .venv/all  ## every test, those with Chromium, cron and minutes too; a skip is a failure
	$(BIN)/python -m pytest -q -n auto -m "" --no-skips

lint: .venv/lint     ## ruff, and that what is imported is declared
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/deptry src

types: .venv/lint    ## mypy, strict
	$(BIN)/mypy

docs: .venv/lint     ## write the generated parts of README and docs anew
	$(BIN)/python docs/scales.py
	$(BIN)/cog -P -r -I docs README.md docs/*.md
	$(BIN)/forecastlog build --metadata-only datasette_metadata.json

example: .venv/run   ## a contest of 3,295 people as a ledger, and the figures that were published of it
	$(MAKE) -C examples/acx-2023 BIN=$(abspath $(BIN))

constraints: .venv/base  ## take the newest versions that fit all Pythons into constraints.txt, and test them
	$(INSTALL) --group constraints
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --all-extras \
		--group setup --group lint --group slow --group constraints pyproject.toml --output-file constraints.txt
	$(MAKE) test

newest:              ## the fast tests with the newest release of everything, in an environment of its own
	rm -rf .cache/newest
	$(PYTHON) -m venv .cache/newest
	.cache/newest/bin/python -m pip --disable-pip-version-check --quiet install --upgrade pip
	.cache/newest/bin/python -m pip --disable-pip-version-check --quiet install --editable . --group test
	.cache/newest/bin/python -m pytest -q -n auto -p no:cacheprovider

dist: .venv/lint     ## wheel and sdist into dist/
	$(INSTALL) build
	$(BIN)/python -m build --no-isolation --outdir dist .

clean:               ## remove what make made
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache forecastlog.db

# A stamp a set of packages. The environment is made whole before its stamp is written, so that an
# interrupted set-up starts again.
.venv/base:
	@test -n "$(PYTHON)" || { echo "forecastlog needs Python 3.11 or later on the PATH as python3."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing; on Debian: apt install python3-venv."; exit 1; }
	@echo "Setting up .venv (once)..."
	$(INSTALL) --upgrade pip
	@touch $@

.venv/run: pyproject.toml constraints.txt .venv/base
	$(INSTALL) --group setup
	$(INSTALL) --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

.venv/test: .venv/run
	$(INSTALL) --group test
	@touch $@

.venv/lint: .venv/test
	$(INSTALL) --group lint
	@touch $@

.venv/all: .venv/lint
	$(INSTALL) --group slow
	$(INSTALL) --no-build-isolation --editable ".[serve,notify,archive,html,pdf,llm,duckdb,polars]"
	@touch $@
