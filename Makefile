# Two commands do all the set-up: `make demo` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed-from
COMPILED := $(VENV)/.compiled-from

# Nothing calls home, and nothing may change a figure from outside.
export DO_NOT_TRACK := 1
export DAGSTER_DISABLE_TELEMETRY := yes
export GX_ANALYTICS_ENABLED := false
export PYTHONHASHSEED := 0

.PHONY: help setup demo test check generate lock docs

help: ## what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-10s %s\n", $$1, $$2}'

setup: $(STAMP) $(COMPILED) ## make .venv from requirements.lock, compile the costing engine

$(STAMP): requirements.lock pyproject.toml
	@command -v uv >/dev/null || $(PYTHON) -m pip install --quiet uv
	uv venv --quiet --allow-existing --python '>=3.11,<3.13' $(VENV)
	uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $(STAMP)

$(COMPILED): $(STAMP) $(wildcard pipelines/engines/costing/*.py)
	@$(BIN)/python -m pipelines.engines.costing
	@touch $(COMPILED)

demo: setup ## run the main job on the built-in sample company
	@$(BIN)/tieout demo

test: setup ## every test; under ten minutes on two cores
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: setup ## lint, types, house rules, unit tests; under five minutes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --processes 2 dbt_project/models dbt_project/tests
	$(BIN)/python -m pytest -n 2 tests/house tests/unit tests/golden

generate: setup ## render sources, staging, table pages and glossary from the contracts
	$(BIN)/python -m models.render
	$(BIN)/python -m pytest -q tests/unit/pipelines --update-gallery

lock: ## resolve the dependencies anew, with hashes and without addresses
	@command -v uv >/dev/null || $(PYTHON) -m pip install --quiet uv
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-header --no-emit-index-url --no-annotate -o requirements.lock

docs: setup ## take the screenshots of the docs anew
	$(BIN)/python -m pytest -q tests/browser --screenshots
