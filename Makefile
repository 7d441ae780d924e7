# Linli's verbs; `make` alone lists them. Nothing has to be installed but make and Python 3.11 or newer:
# the first verb makes the program's own Python environment in .venv, from lock files with a hash for every package.

VENV := .venv
RUN := $(VENV)/bin/python
# Installed with what the program needs; installed with what its developers need besides.
RUNTIME := $(VENV)/runtime.stamp
TOOLS := $(VENV)/tools.stamp

# The first Python that is new enough and can make environments; `make PYTHON=/path/to/python …` chooses another.
PYTHON = $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
	done)
# A machine's own pip settings may say where packages come from, but not which ones: that is what the lock files are for,
# and one that constrains itself takes the place of any other constraint.
PIP = env -u PIP_BUILD_CONSTRAINT -u PIP_REQUIREMENT -u PIP_TARGET -u PIP_PREFIX -u PIP_USER -u PIP_NO_BINARY PIP_CONSTRAINT=$< \
	$(RUN) -m pip install --quiet --quiet --disable-pip-version-check --no-input --require-hashes --requirement $<

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo run test check crash bench simulate simulate-city lock

help: ## list these verbs
	@echo 'Usage: make VERB'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

demo: $(RUNTIME) ## try it here, on phones in a browser page, without Telegram (RESET=1: start anew; PORT=8091)
	@$(RUN) main.py demo $(if $(RESET),--reset) $(if $(PORT),--port $(PORT))

run: $(RUNTIME) ## run it for real: needs LINLI_BOT_TOKEN (see .env.example)
	@$(RUN) main.py run

# Half of a test's time is waiting for databases and other processes: twice as many at once as there are cores keep them busy.
WORKERS = $(shell expr 2 \* $$(getconf _NPROCESSORS_ONLN))

test: $(TOOLS) ## run every test, two at once for each core (TESTS=tests/unit: only these)
	@$(RUN) -m pytest $(if $(TESTS),$(TESTS),--numprocesses $(WORKERS) --dist worksteal)

check: $(TOOLS) ## look for mistakes that need no running: style, format, types, known holes in what we depend on
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -m tests.advisories

crash: $(TOOLS) ## kill it, let worse befall it, and see that nothing is lost (KILLS=200 MISHAPS=50 SEED=7 DATABASE=postgres COPIES=3 LOAD=care)
	@$(RUN) -m tests.crash $(if $(KILLS),--kills $(KILLS)) $(if $(MISHAPS),--mishaps $(MISHAPS)) $(if $(SEED),--seed $(SEED)) \
		$(if $(DATABASE),--database $(DATABASE)) $(if $(COPIES),--copies $(COPIES)) $(if $(LOAD),--load $(LOAD))

bench: $(TOOLS) ## measure it and print the figures
	@$(RUN) -m tests.bench

LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

simulate: $(TOOLS) ## play a month of a made community: asking in waves, and shouting to all
	@$(RUN) -m tests.simulate

simulate-city: $(TOOLS) ## play a district's morning on PostgreSQL: ten bots, three copies, one killed in the middle
	@$(RUN) -m tests.city.morning $(if $(PEOPLE),--people $(PEOPLE))

lock: ## renew the lock files after a change of pyproject.toml (needs uv; UPGRADE=1: newest versions)
	@command -v uv >/dev/null || { echo 'make lock needs uv: python3 -m pip install uv' >&2; exit 1; }
	@$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements.lock
	@$(LOCK) $(if $(UPGRADE),--upgrade) --group dev --constraint requirements.lock --output-file requirements-dev.lock

# Made again only where there is none or its Python is gone: with what a lock file no longer names it does no harm.
define environment
	@if ! $(RUN) -c '' 2>/dev/null; then \
		if [ -z '$(PYTHON)' ]; then \
			echo 'Linli needs Python 3.11 or newer with its venv module (Debian: apt install python3 python3-venv).' >&2; \
			echo 'If yours has another name: make PYTHON=/path/to/python …' >&2; \
			exit 1; \
		fi; \
		echo 'Making the Python environment in $(VENV) with $(PYTHON)…'; \
		'$(PYTHON)' -m venv --clear $(VENV); \
	fi
endef

$(RUNTIME): requirements.lock
	$(environment)
	@echo 'Installing what the program needs (once, about a minute)…'
	@$(PIP)
	@touch $@

$(TOOLS): requirements-dev.lock
	$(environment)
	@echo 'Installing what the program and its tests need (once, about a minute)…'
	@$(PIP)
	@touch $(RUNTIME) $@
