# The commands of this project. A fresh clone needs python3 (3.11 or newer) and make, nothing else.
#
#   make run     the demo on http://127.0.0.1:8000 (PORT=8001 make run for another port)
#   make test    the tests, on SQLite; make test-postgres on the server that DATABASE_URL names
#   make check   format, lint, types, layers, templates, migrations;   make fix   mends what can be mended
#   make setup   the environment .venv alone                           make lock  the lock, from pyproject.toml
#   make bench   the speed table

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
export PORT

BIN := .venv/bin
READY := .venv/.ready
TEMPLATES := $(wildcard templates sales/templates)
# Checks look at no data, and must not make the demo's file.
CHECK_DATABASE := DATABASE_URL=sqlite:///var/check.sqlite3

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup run test test-postgres check fix bench lock

help:
	@sed -n '2,/^$$/s/^# \{0,1\}//p' Makefile

setup: $(READY)

$(READY): requirements.lock deploy/environment.py
	@$(PYTHON) deploy/environment.py

run: # The port comes first: a minute of setup must not end with "address in use".
	@$(PYTHON) deploy/port.py $(PORT)
	@$(MAKE) --no-print-directory setup
	@$(BIN)/python deploy/start.py

test: $(READY)
	@$(BIN)/python -m pytest $(ARGS)

test-postgres: $(READY)
	@case "$$DATABASE_URL" in postgres*) ;; *) \
	  echo "DATABASE_URL names no PostgreSQL. Type: DATABASE_URL=postgres://user:password@host/name make test-postgres" >&2; \
	  exit 2;; esac
	@$(BIN)/python -m pytest $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy carolverse sales deploy tests
	$(BIN)/lint-imports
	$(if $(TEMPLATES),$(BIN)/djlint --check --lint --quiet $(TEMPLATES))
	$(CHECK_DATABASE) $(BIN)/python manage.py makemigrations --check --dry-run
	$(CHECK_DATABASE) $(BIN)/python manage.py check --fail-level WARNING

fix: $(READY)
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(if $(TEMPLATES),-$(BIN)/djlint --reformat --quiet $(TEMPLATES))

bench: $(READY)
	@$(BIN)/python -m tests.bench $(ARGS)

lock: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --no-annotate --quiet -o requirements.lock
