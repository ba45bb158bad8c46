# duban: `make run` shows the demo, `make test` runs the tests, `make quick`
# those that take a minute, `make check` everything CI holds us to.
# Needs python3 (3.11 or later), python3-venv and make; all else goes into .venv, at the
# exact versions of locks/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
SOURCES := app.py cli.py campaigns commands desk i18n reports screens storage widgets tests

.PHONY: run test quick soak monkey pictures bench check format catalogues lock clean

run: $(VENV)/installed
	@$(BIN)/duban demo

test: $(VENV)/dev
	$(BIN)/python -m pytest -n auto --dist worksteal

# A minute's worth: all but what needs a terminal, other processes or a whole session.
quick: $(VENV)/dev
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not processes" \
	  --ignore-glob='*/test_view.py' $(QUICK)

QUICK := $(addprefix tests/,campaigns commands desk i18n reports storage widgets)

# Faults upon faults with real processes, and what became of each change: SECONDS=600 for longer,
# SEED=… to repeat one. As root it also fills disks and changes logins.
soak: $(VENV)/dev
	$(BIN)/python -m tests.faults.soak --seconds $(or $(SECONDS),180) $(if $(SEED),--seed $(SEED))

check: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist worksteal

# Random keys, windows of all sizes and others who write: KEYS=… and SEED=… to choose.
monkey: $(VENV)/dev
	$(BIN)/python -m tests.screens.monkey --keys $(or $(KEYS),10000) $(if $(SEED),--seed $(SEED))

# The pictures of the documents: every view of the demo, in both languages.
pictures: $(VENV)/dev
	$(BIN)/python -m tests.screens.pictures docs/pictures

# The targets of docs/performance.md, measured in ratios within one run, and how costs grow: half an hour.
# One of them alone: .venv/bin/python -m bench.first_frame
bench: $(VENV)/dev
	$(BIN)/python -m bench

format: $(VENV)/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Collects the texts of the interface and brings the Chinese catalogue up to date.
catalogues: $(VENV)/dev
	@mkdir -p build
	$(BIN)/pybabel -q extract --project duban --no-location --sort-output \
	  --copyright-holder "The duban team" -k msg -k count:1,2 -k tr -k deferred -o build/duban.pot \
	  app.py cli.py campaigns commands desk reports screens storage widgets
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --domain duban \
	  -i build/duban.pot -d i18n/locales -l zh
	$(BIN)/pybabel -q compile --domain duban -d i18n/locales

# Resolves the ranges of pyproject.toml to exact versions with their hashes.
lock: $(VENV)/dev
	$(PIP) install pip-tools
	$(BIN)/pip-compile $(LOCK_FLAGS) --output-file locks/run.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK_FLAGS) --extra dev --constraint locks/run.txt --output-file locks/dev.txt pyproject.toml

LOCK_FLAGS := --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --all-build-deps \
  --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "duban needs python3, version 3.11 or later. On Debian: apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "duban needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "duban needs Python's venv module. On Debian: apt install python3-venv" >&2; exit 1; }
	@[ -w . ] || { \
	  echo "duban installs into $(CURDIR)/$(VENV), and $$(id -un) may not write there. Clone it into a folder of your own." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# A make that was interrupted may have left a venv without pip: `--clear` makes it anew.
$(VENV)/installed: locks/run.txt pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	  echo "$(VENV) is half made; making it again." >&2; $(PYTHON) -m venv --clear $(VENV); } || { \
	  echo "duban cannot make $(CURDIR)/$(VENV). Run make clean, then make again." >&2; exit 1; }
	$(PIP) install --require-hashes -r locks/run.txt
	$(PIP) install --no-build-isolation --no-deps --config-settings editable_mode=compat -e .
	@$(BIN)/python -m compileall -q $(SOURCES)
	@touch $@

$(VENV)/dev: locks/dev.txt $(VENV)/installed
	$(PIP) install --require-hashes -r locks/dev.txt
	@touch $@
