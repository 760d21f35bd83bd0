# The verbs of the house. Everything behind them is in launcher/ (Python, standard library only).
PYTHON ?= python3
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: help run test lint bench messages reset python
.DEFAULT_GOAL := help

help:
	@echo "make run        set everything up and serve the site (PORT, HOST, DATABASE_URL, DEMO=0)"
	@echo "make test       set everything up and run every test (ARGS='-k map', CHROMIUM=/path/to/browser)"
	@echo "make lint       style, imports, migrations and translations"
	@echo "make bench      the table of figures beside their references (N=1000000 rows, REUSE=0 for a new database)"
	@echo "make messages   bring the translation catalogs up to the code"
	@echo "make reset      delete var/ with its database, after asking (YES=1 does not ask)"

python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3" >&2; exit 1; }

run: python
	@$(PYTHON) -m launcher run

test: python
	@$(PYTHON) -m launcher test $(ARGS)

lint: python
	@$(PYTHON) -m launcher lint

bench: python
	@$(PYTHON) -m launcher bench

messages: python
	@$(PYTHON) -m launcher messages

reset: python
	@$(PYTHON) -m launcher reset
