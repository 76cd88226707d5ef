# Everything starts from Python >= 3.11 and make: each target first brings .venv level with uv.lock.
.DEFAULT_GOAL := help
.PHONY: help install demo test check bench soak lint types imports docs assets clean
.NOTPARALLEL:
ARGS ?=
# Test files run in so many processes at once, each with servers of its own; 0 for one after the other, in order. One more
# than there are processors: much of a test is waiting for a timer. Compiled modules are kept, whatever the environment
# says: tests start our programs a hundred times, and each start without them takes twice the processor time.
PROCESSES ?= $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)
RUN := .venv/bin/python -m

# The quick answer costs ~20 ms; the search for a Python and the installation come only if something changed.
define ready
	@.venv/bin/python -IS tools/bootstrap.py --quick $(1) 2>/dev/null || { \
	  python=$$(PYTHON="$(PYTHON)" tools/find-python) && "$$python" -IS tools/bootstrap.py $(1); }
endef

help: ## what can be made
	@echo "make <target> [ARGS='…']"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 12

install: ## the environment with all tools, nothing started
	$(call ready,all)

demo: ## the whole system with an invented caseload; Ctrl-C stops it, a second start continues (ARGS=--check)
	$(call ready,demo)
	@$(RUN) worker.cli demo $(ARGS)

test: ## all tests on real PostgreSQL and Temporal
	$(call ready,test)
	@.venv/bin/python tools/browser.py
	@env -u PYTHONDONTWRITEBYTECODE $(RUN) pytest -n $(PROCESSES) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: ## style
	$(call ready,all)
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .

types: ## strict types, tests too
	$(call ready,all)
	@$(RUN) mypy

imports: ## who may import whom (design §5)
	$(call ready,all)
	@.venv/bin/python -c 'from importlinter.cli import lint_imports_command as run; run()'

check: test lint types imports ## what CI runs

bench: ## benchmarks, each as a ratio to the bare part
	$(call ready,test)
	@$(RUN) benchmarks $(ARGS)

soak: ## the long fault run with its oracle, then the long load tests (ARGS="--minutes N --seed S", ARGS=--help)
	$(call ready,all)
	@$(RUN) tests.soak $(ARGS)
	@case "$(ARGS)" in *--help*) ;; *) $(RUN) pytest -m soak ;; esac

docs: ## what is generated: pathway schema and drawings, tables of the legal calendar and of rights
	$(call ready,demo)
	@$(RUN) tools.refresh_pathways
	@$(RUN) tools.refresh_law
	@$(RUN) tools.refresh_rights

assets: ## styles and scripts of the pages, compiled anew (needs Node.js)
	sh staff/assets/build.sh

clean: ## the environment and all caches; the demo's data stays (delete .putokaz yourself)
	rm -rf .venv .venv-old-* .putokaz-tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
