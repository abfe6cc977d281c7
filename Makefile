# mon-compte: `make` alone prints what there is to make. Only python3 (3.11 or newer) and make itself are assumed.

BIN        := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locales/*/LC_MESSAGES/messages.po))
LOCK       := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run test check bench pictures lock catalogues vendor-htmx font clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.run-stamp catalogues ## serve the journey on http://127.0.0.1:8000 (PORT=… changes it); Ctrl-C stops all of it
	@exec $(BIN)/webapp run

test: .venv/.dev-stamp catalogues ## every suite, in a real browser and on a real PostgreSQL too (ARGS="-k email" chooses)
	@CHROMIUM=$$(tools/browser) && POSTGRES_BIN=$$(tools/postgres) && export CHROMIUM POSTGRES_BIN && exec $(BIN)/pytest -n logical --maxprocesses 4 $(ARGS)

check: .venv/.dev-stamp catalogues ## lint, format, types, layers, templates and catalogues
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo 'not formatted: $(BIN)/ruff format puts it right' >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest --quiet tests/rules

bench: .venv/.dev-stamp catalogues ## whole journeys over HTTP: CPU, latency, memory
	@exec $(BIN)/python -m tools.benchmark $(ARGS)

pictures: .venv/.dev-stamp catalogues ## take docs/journey-*.png again, from the product itself
	@CHROMIUM=$$(tools/browser) && export CHROMIUM && PYTHONPATH=.:playwright exec $(BIN)/python tools/pictures

lock: .venv/.dev-stamp ## requirements*.txt from pyproject.toml (ARGS=--upgrade takes newer versions)
	@$(LOCK) $(ARGS) --extra build -o requirements.txt pyproject.toml
	@$(LOCK) $(ARGS) --extra build --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

catalogues: $(CATALOGUES) ## compile locales/*/LC_MESSAGES/messages.po where it changed

vendor-htmx: .venv/.dev-stamp ## fetch htmx again and hold it to static/vendor/vendor.toml (VERSION=… takes another)
	@$(BIN)/python tools/vendor-htmx $(VERSION)

font: .venv/.dev-stamp ## cut the Arabic font again
	@$(BIN)/python tools/cut-font

clean: ## take away all that was made here, the data of `make run` included
	@rm -rf .venv var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis $(CATALOGUES)
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what the targets above stand on

%.mo: %.po | .venv/.run-stamp
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

.venv/.run-stamp: requirements.txt | $(BIN)/python
	@$(install)

.venv/.dev-stamp: requirements-dev.txt | $(BIN)/python
	@$(install) && touch .venv/.run-stamp

$(BIN)/python:
	@python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	|| { echo 'Python 3.11 or newer with venv is needed; on Debian: apt-get install python3-venv' >&2; exit 1; }
	@python3 -m venv .venv

# every file is checked against its hash; our own package is built by the locked setuptools, without a network
define install
echo 'installing $<: once, a minute at most' && \
$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --requirement $< && \
$(BIN)/pip install -qq --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable . && \
touch $@
endef
