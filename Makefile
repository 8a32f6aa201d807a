# Everything is here under a short name; `make` alone lists them. What each does stands in scripts/.
PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup tools run test lint format bench drill messages clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

setup: ## install what running needs into .venv (nothing outside this folder)
	@$(PYTHON) scripts/bootstrap.py

tools:
	@$(PYTHON) scripts/bootstrap.py --development

run: setup ## serve the diary and print its address (ARGS="--port 8001" for another port)
	@exec .venv/bin/nanashi serve $(ARGS)

test: tools ## run all tests, those in the browser too (ARGS="tests/text -k kana" for some)
	@scripts/test $(ARGS)

lint: tools ## check form, types and the direction of imports
	@scripts/lint

format: tools ## lay out the Python sources
	@scripts/format

bench: tools ## measure (ARGS=--quick for the short form)
	@scripts/bench $(ARGS)

drill: tools ## kill, cut power, attack and slide, for real; about five minutes (ARGS=--whole for the long form)
	@scripts/drill $(ARGS)

messages: tools ## compile the interface's translations (ARGS=update to take in new messages first)
	@scripts/messages $(ARGS)

clean: ## remove caches and build products; .venv and the diary in data/ stay
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find nanashi tests scripts bench drills -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
