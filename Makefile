# Leeway's commands. `make run` and `make test` need Python 3.11 or newer and make, nothing else.

PYTHON ?= python3
# All paths are relative, so that a folder with spaces in its name works.
BIN := .venv/bin
PY := $(BIN)/python
INSTALL := $(PY) -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --no-deps
COMPILE := $(PY) -m uv pip compile --quiet --no-config --universal --python-version 3.11 \
           --generate-hashes --no-header --no-annotate --no-emit-index-url $(UPGRADE)

# Some tests wait for programs that they start and kill: two more at a time than there are cores.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 2)
BROWSERS ?= $(shell nproc 2>/dev/null || echo 2)

.PHONY: help run setup test check test-browser trust soak bench catalogue exercises read lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1@/p' Makefile | awk -F@ '{ printf "make %-13s %s\n", $$1, $$2 }'

run: .venv/runtime.stamp ## set up what is missing and start the bot; without a token, the playground
	@exec $(PY) -m bot

setup: .venv/runtime.stamp ## make .venv and install what the bot needs

test: .venv/dev.stamp check ## everything but the browser: the checks, then the tests
	$(PY) -m pytest -n $(WORKERS) --dist worksteal --ignore=tests/browser -m "not soak and not browser"

check: .venv/dev.stamp ## format, lint, types, rooms, catalogue and content
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(BIN)/lint-imports
	$(PY) -m bot check

test-browser: .venv/browser.stamp ## the playground in the system's chromium
	$(PY) -m pytest -n $(BROWSERS) --dist worksteal tests/browser

trust: .venv/dev.stamp ## the tests of what nobody may learn, and a table of their figures
	$(PY) -m pytest -n $(WORKERS) --dist worksteal --quiet --ignore=tests/browser -m trust

soak: .venv/dev.stamp ## the tests that take minutes
	LEEWAY_SOAK=1 $(PY) -m pytest -n auto --ignore=tests/browser --timeout=3600 -m soak

bench: .venv/dev.stamp ## the table of docs/performance.md, measured here
	$(PY) -m benchmarks

catalogue: .venv/dev.stamp ## collect the sentences to be translated
	$(PY) -m bot.words.extract

exercises: .venv/dev.stamp ## draw the exercises again: docs/exercises/
	$(PY) -m tests.drawing

read: .venv/dev.stamp ## every sentence, as people meet it, to be read aloud; LANGUAGE=de for another language
	@$(PY) -m tests.drawing.reading $(LANGUAGE)

# aiogram, which only tests use, asks for an older pydantic than the bot has; it works with this one, too.
lock: .venv/dev.stamp ## write the lock files again; UPGRADE=--upgrade takes newer versions
	$(COMPILE) pyproject.toml -o requirements.lock
	echo 'pydantic>=2.12' | $(COMPILE) --override /dev/stdin -c requirements.lock --group dev pyproject.toml -o requirements-dev.lock
	$(COMPILE) -c requirements-dev.lock --group browser -o requirements-browser.lock

clean: ## remove .venv and caches; never data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# A stamp is newer than its lock file once all of that file is installed.
.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Leeway needs Python 3.11 or newer: name one with make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv module is missing: install the package python3-venv, then run make again."; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/runtime.stamp: requirements.lock .venv/made.stamp
	@echo "Installing what the bot needs into .venv ..."
	@$(INSTALL) -r requirements.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/runtime.stamp
	@echo "Installing what the tests need into .venv ..."
	@$(INSTALL) -r requirements-dev.lock
	@touch $@

.venv/browser.stamp: requirements-browser.lock .venv/dev.stamp
	@echo "Installing what the browser tests need into .venv ..."
	@$(INSTALL) -r requirements-browser.lock
	@touch $@
