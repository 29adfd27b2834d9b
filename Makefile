# What can be done with this project. `make` alone lists it.
SHELL := bash
.DEFAULT_GOAL := help
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

.PHONY: help run load editor test check format bench bench-web drill lock hooks coverage clean

help: ## List what can be done
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r target what; do printf '%-18s %s\n' "$$target" "$$what"; done

run: ## Install, prepare and serve on http://127.0.0.1:8000 (HOST and PORT can be set)
	@scripts/run.sh

load: ## Load the shipped fixtures again
	@scripts/manage.sh load_fixtures

editor: ## Make an editor's account for /admin/
	@scripts/manage.sh createsuperuser

test: ## Run every test on SQLite and on PostgreSQL, installing what that needs
	@scripts/test.sh

check: ## Format, lint, templates, floors, types, migrations, deployment settings
	@scripts/check.sh

format: ## Rewrite Python files and templates in the house format
	@scripts/install.sh requirements-dev.txt
	@.venv/bin/python -m ruff format . && .venv/bin/python -m ruff check --fix .
	@find templates -name '*.html' -print0 | xargs -0 -r .venv/bin/djade --target-version 5.2

bench: ## Measure large loads and write docs/performance.md (some minutes, some gigabytes)
	@scripts/install.sh requirements-dev.txt
	@.venv/bin/python benchmarks/loading.py --mentions 1000000 --write

bench-web: ## Measure pages in a large world, Datasette beside them, and write docs/performance.md (an hour, some gigabytes)
	@scripts/install.sh requirements-dev.txt
	@.venv/bin/python benchmarks/web.py --mentions 1000000 --write

drill: ## Inject faults and write what became of them into docs/reliability.md (a quarter of an hour, as root)
	@scripts/install.sh requirements-dev.txt
	@.venv/bin/python -m benchmarks.drills --write

lock: ## Resolve requirements*.in into the hashed lock files
	@scripts/lock.sh

hooks: ## Run the quick checks before every commit
	@git config core.hooksPath .githooks && echo "The quick checks now run before every commit."

coverage: ## Report which lines the tests reach (SQLite)
	@scripts/install.sh requirements-dev.txt
	@.venv/bin/python -m coverage run -m pytest -q && .venv/bin/python -m coverage report

clean: ## Remove caches and what tests left; the database, its secret and .venv stay
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage test-output var/static
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
