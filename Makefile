# The commands to learn: install, demo, test, check, bench. CONTRIBUTING.md explains them.

PORT ?= 8000
UV := $(shell command -v uv || echo .tools/bin/uv)
BIN := .venv/bin
# uv finds a Python on the PATH, but not one that pyenv keeps and does not show.
PYENV := $(lastword $(sort $(wildcard $(or $(PYENV_ROOT),$(HOME)/.pyenv)/versions/3.13*/bin/python3.13)))
SYNC := $(UV) pip sync --quiet --python $(BIN)/python --require-hashes

.PHONY: install demo test check bench lock

install: .venv/installed
	@$(BIN)/python -m config.catalogues

demo: install
	@SITE_URL=$${SITE_URL:-http://localhost:$(PORT)} $(BIN)/python manage.py demo --port $(PORT)

test: .venv/installed-dev
	@$(BIN)/python -m pytest $(ARGS)

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@echo "djade --check templates"; find templates -name "*.html" -o -name "*.txt" | xargs $(BIN)/djade --check
	$(BIN)/mypy
	$(BIN)/python -m config.catalogues
	$(BIN)/python manage.py makemigrations --check --dry-run
	SITE_URL=https://entente.example ALLOWED_HOSTS=entente.example EMAIL_URL=smtp://mail.entente.example:25 \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	@$(MAKE) --no-print-directory test

bench: install
	@$(BIN)/python -m benchmarks $(ARGS)

# For maintainers: pin every version and hash anew from pyproject.toml.
lock: | $(UV)
	$(UV) pip compile pyproject.toml $(LOCK) -o requirements.txt
	$(UV) pip compile pyproject.toml --group dev $(LOCK) -c requirements.txt -o requirements-dev.txt
LOCK := --upgrade --universal --python-version 3.13 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet

# With the tools for tests once installed, they stay.
.venv/installed: .venv/pyvenv.cfg requirements.txt
	@echo "Installing packages into .venv ..."
	@$(SYNC) $(if $(wildcard .venv/installed-dev),requirements-dev.txt,requirements.txt)
	@touch $@

.venv/installed-dev: .venv/pyvenv.cfg requirements.txt requirements-dev.txt
	@echo "Installing packages and the tools for tests into .venv ..."
	@$(SYNC) requirements-dev.txt
	@touch .venv/installed $@

.venv/pyvenv.cfg: .python-version | $(UV)
	@echo "Making .venv with Python `cat .python-version` ..."
	@$(UV) venv --quiet --clear --prompt entente $(if $(PYENV),--python $(PYENV)) .venv || { echo "Entente needs Python `cat .python-version`:" \
	  "none was found here, and none could be downloaded. Install it (for example: pyenv install 3.13) and try again."; exit 1; }

.tools/bin/uv:
	@echo "Installing uv, which installs the rest, into .tools ..."
	@python3 -m venv .tools && .tools/bin/python -m pip install --quiet --disable-pip-version-check uv || \
	  { rm -rf .tools; echo "That failed. Install uv yourself (or python3-venv, where venv is missing) and try again."; exit 1; }
