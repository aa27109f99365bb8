# Every target of the portal. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PORT ?= 8000
PY := .venv/bin/python
APPS := people core monitoring home
export DJANGO_SETTINGS_MODULE ?= portal.settings.dev

.PHONY: help
help: ## List every target
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

.PHONY: migrations-reset
migrations-reset: ## Write the initial migrations anew (only before the first release)
	@set -e; for app in $(APPS); do mkdir -p $$app/migrations/.kept; \
	  rm -f $$app/migrations/*_initial.py; \
	  find $$app/migrations -maxdepth 1 -name '0*.py' -exec mv {} $$app/migrations/.kept/ \; ; done; \
	for app in $(APPS); do $(PY) manage.py makemigrations -v0 $$app; done; \
	for app in $(APPS); do find $$app/migrations/.kept -name '0*.py' -exec mv {} $$app/migrations/ \; ; rmdir $$app/migrations/.kept; done; \
	$(PY) manage.py makemigrations --check --dry-run && ls $(addsuffix /migrations,$(APPS))
