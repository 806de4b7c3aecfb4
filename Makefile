# Every target's plain command stands in docs/development.md, for people without make.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# The folder of a running example; `make demo` keeps what is in it.
export CONSULT_DATA_DIR ?= instance

.PHONY: demo test bench chaos conformance recovery lock messages format clean

demo: $(VENV)/.runtime
	$(BIN)/consult demo --port $(PORT)

test: $(VENV)/.development
	bash .ci/system-packages
	$(BIN)/python -m tests.everything

bench: $(VENV)/.development
	$(BIN)/python -m bench

chaos: $(VENV)/.development
	bash .ci/system-packages
	$(BIN)/python -m bench.chaos

# Nobody works out a small count from what is published: 10,000 made-up publications, 5,000 pairs (hours).
recovery: $(VENV)/.development
	CONSULT_TABLES=10000 $(BIN)/pytest -q tests/unit/reports/disclosure/test_recovery.py

conformance: $(VENV)/.development
	$(BIN)/pytest -m conformance tests/conformance

messages: $(VENV)/.development
	$(BIN)/consult messages extract
	$(BIN)/consult messages update

format: $(VENV)/.development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:
	uv pip compile pyproject.toml --all-extras --group build --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --quiet -o requirements.lock
	uv pip compile pyproject.toml --all-extras --group build --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --quiet -o requirements-dev.lock

clean:
	rm -rf $(VENV) dist build

$(VENV)/.runtime: requirements.lock pyproject.toml
	bash .ci/environment $(PYTHON) $(VENV) requirements.lock
	touch $@

$(VENV)/.development: requirements-dev.lock pyproject.toml
	bash .ci/environment $(PYTHON) $(VENV) requirements-dev.lock
	touch $@ $(VENV)/.runtime
