PYTHON ?= python3
BIN = .venv/bin
STAMP = .venv/installed

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench lock 

help:
	@echo "make run    start everything with a demonstration (needs Python 3.11 or newer, nothing else)"
	@echo "make test   run all tests"
	@echo "make check  lint, types, imports, migrations, translations, workflow pictures"
	@echo "make fix    put right what a machine can put right"
	@echo "make bench  measure, as ratios within one run"
	@echo "make lock   pin the newest packages that fit pyproject.toml"

$(STAMP): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; PYTHON=python3.12 make … names another one." if sys.version_info < (3, 11) else 0)'
	@echo "Installing the pinned packages into .venv (once) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $(STAMP)

run: $(STAMP)
	@DEMO=1 exec $(BIN)/python manage.py run

test: $(STAMP)
	@DEMO=1 $(BIN)/python manage.py translations compile
	@$(BIN)/python -m pytest --numprocesses auto $(ARGS)

check: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports
	@DEMO=1 $(BIN)/python manage.py makemigrations --check --dry-run
	@DEMO=1 $(BIN)/python manage.py translations check
	@DEMO=1 $(BIN)/python manage.py workflows check

fix: $(STAMP)
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .
	@DEMO=1 $(BIN)/python manage.py translations extract
	@DEMO=1 $(BIN)/python manage.py workflows draw

bench: $(STAMP)
	@DEMO=1 $(BIN)/python -m tests.bench $(PART)

lock: $(STAMP)
	@$(BIN)/python -m tests.lock
