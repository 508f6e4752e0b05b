# Two commands for a newcomer: `make demo` and `make test`. Everything is installed into .venv of this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check lint types rooms spark bench docs clean

$(BIN)/enduse: pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'enduse needs Python 3.11 or newer; name one with: make PYTHON=python3.11 ...')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/dev: pyproject.toml | $(BIN)/enduse
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

demo: $(BIN)/enduse
	$(BIN)/enduse demo demo

test: $(VENV)/dev
	$(BIN)/python -m pytest -m "not spark"

spark: $(VENV)/dev
	$(BIN)/python -m pytest -m spark

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev
	$(BIN)/mypy

rooms: $(VENV)/dev
	$(BIN)/lint-imports

check: lint types rooms test spark

bench: $(VENV)/dev
	$(BIN)/python bench/first_light.py

docs: $(VENV)/dev
	$(BIN)/python docs/make_reference.py

clean:
	rm -rf $(VENV) demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
