# Every target of the portal. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
PORT ?= 8000
EMPTY ?=
APPS := core people monitoring practices home
PY := .venv/bin/python
# Settings of another project, left in this shell, are not ours.
ifeq ($(filter portal.settings.%,$(DJANGO_SETTINGS_MODULE)),)
override DJANGO_SETTINGS_MODULE := portal.settings.dev
endif
export DJANGO_SETTINGS_MODULE
export PYTHONUNBUFFERED := 1
# Russian on the screen whatever the locale of the terminal.
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_USER := 0

# The first interpreter on this machine that is new enough.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
# An environment that was interrupted while it was made, or whose Python is gone, is made anew.
ifneq ($(wildcard .venv),)
ifeq ($(shell $(PY) -c 'import pip' 2>/dev/null && echo whole),)
.PHONY: $(PY)
endif
endif
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po) $(wildcard */locale/*/LC_MESSAGES/*.po) $(wildcard locale_upstream/*/LC_MESSAGES/*.po)
FRONTEND := $(shell find frontend -path frontend/dist -prune -o -type f -print 2>/dev/null)

.PHONY: help
help: ## List every target
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

.PHONY: run
run: port setup ## Set everything up and serve on 127.0.0.1:8000 (PORT=8080; EMPTY=1: no demo content)
	@exec $(PY) manage.py serve --prepare --port $(PORT) $(if $(filter-out 0,$(EMPTY)),--empty)

.PHONY: port
port:
	@[[ "$(PORT)" =~ ^[0-9]{1,5}$$ ]] && (($(PORT) > 0 && $(PORT) < 65536)) || { \
	  echo "PORT is a number from 1 to 65535, such as make run PORT=8080; here is: $(PORT)" >&2; exit 1; }

.PHONY: setup
setup: .venv/.runtime frontend compilemessages ## Environment, front end and catalogues, without starting

.PHONY: setup-dev
setup-dev: .venv/.development node_modules/.development setup ## The same with what the checks need

.PHONY: test
test: setup-dev ## Run every test: SQLite, browser, PostgreSQL with Redis (ARGS= goes to pytest)
	@$(PY) -m tests.legs $(ARGS)

.PHONY: pictures
pictures: setup-dev ## Write the pictures of README and of the editors' guide anew
	@PICTURES=1 $(PY) -m pytest -q tests/browser/test_editors_guide.py \
	  tests/browser/test_visitor_journeys.py::test_pictures_of_the_portal

.PHONY: lint
lint: setup-dev ## Run every linter, the type check and the house rules
	@bash .ci/lint

.PHONY: format
format: .venv/.development ## Put Python files into the house format
	.venv/bin/ruff check --fix . && .venv/bin/ruff format .

.PHONY: frontend
frontend: frontend/dist/site.css ## Build styles, scripts, icons and fonts

.PHONY: bench
bench: setup-dev ## Measure speed against yardsticks: SIZE=1000 (or 10000, 100000); see bench/README.md
	@$(PY) -m bench.run --size $(or $(SIZE),1000) $(ARGS)

.PHONY: messages
messages: .venv/.development ## Collect new strings into the Russian catalogues
	@$(PY) -m portal.catalogues collect

.PHONY: compilemessages
compilemessages: $(CATALOGUES:.po=.mo) ## Compile the catalogues (needs no gettext)

.PHONY: lock
lock: .venv/.development ## Pin dependencies from requirements*.in (UPGRADE=1: the newest)
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url $(if $(UPGRADE),--upgrade) requirements.in -o requirements.txt
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url -c requirements.txt requirements-dev.in -o requirements-dev.txt

# people/0001 makes the account alone and stays: Wagtail's own tables, and so all of ours, stand on it.
.PHONY: migrations-reset
migrations-reset: ## Write the initial migrations anew (only before the first release)
	@set -e; for app in $(APPS); do mkdir -p $$app/migrations/.kept; \
	  find $$app/migrations -maxdepth 1 -name '*_initial.py' ! -path people/migrations/0001_initial.py -delete; \
	  find $$app/migrations -maxdepth 1 -name '0*.py' ! -path people/migrations/0001_initial.py -exec mv {} $$app/migrations/.kept/ \; ; done; \
	for app in $(APPS); do $(PY) manage.py makemigrations -v0 -n initial $$app; done; \
	for app in $(APPS); do find $$app/migrations/.kept -name '0*.py' -exec mv {} $$app/migrations/ \; ; rmdir $$app/migrations/.kept; done; \
	$(PY) manage.py makemigrations --check --dry-run && ls $(addsuffix /migrations,$(APPS))

.PHONY: clean
clean: ## Remove what the targets made; the content in var/ stays
	rm -rf .venv node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name '*.mo' -not -path './.venv/*' -delete

# --- What the targets stand on: files, so that a second run finds everything done -----------------

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "The portal needs Python 3.11 or newer; here is: $$(python3 --version 2>&1 || echo none)." >&2; exit 1; }
	@echo "Creating the environment in .venv"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python cannot create environments here. On Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/.runtime: requirements.txt | .venv/bin/python
	@echo "Installing what the portal runs on"
	@$(PY) -m pip install -qq -r requirements.txt
	@touch $@

.venv/.development: requirements-dev.txt .venv/.runtime
	@echo "Installing what checks the portal"
	@$(PY) -m pip install -qq -r requirements-dev.txt
	@touch $@

.PHONY: node
node:
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null || { \
	  echo "The front end needs Node.js 20 or newer with npm; here is: $$(node --version 2>/dev/null || echo none)." >&2; exit 1; }

node_modules/.runtime: package-lock.json package.json
	@$(MAKE) node
	@echo "Installing what builds the front end"
	@npm ci --loglevel=error --omit=dev
	@touch $@

node_modules/.development: package-lock.json package.json
	@$(MAKE) node
	@npm ci --loglevel=error --include=dev
	@touch node_modules/.runtime $@

frontend/dist/site.css: $(FRONTEND) node_modules/.runtime
	@echo "Building the front end"
	@npm run --silent build
	@touch $@

%.mo: %.po | .venv/.runtime
	@$(PY) -m portal.catalogues compile $<
