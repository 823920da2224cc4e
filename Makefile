ARTICLE ?= seeds/planted-errors.txt
CORPUS ?= corpus
PYTHON ?= python3
.PHONY: claims test lint fuzz mutate lock audit benchmark

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

claims: .venv/installed  ## check ARTICLE against CORPUS
	.venv/bin/factcheck claims '$(ARTICLE)' --corpus '$(CORPUS)'

test: .venv/installed lint  ## lint, type check and all tests
	-.venv/bin/python tests/servers/fetch_model.py  # without it, the tests on a small chat model are skipped
	.venv/bin/pytest --quiet --numprocesses auto --dist loadfile

lint: .venv/installed
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

benchmark: .venv/installed  ## measure all that needs no data from elsewhere; DATA=dir adds what does
	.venv/bin/python -m benchmarks.everything $(if $(DATA),--data '$(DATA)')

fuzz: .venv/installed  ## fuzz what reads untrusted bytes, for SECONDS each
	.venv/bin/pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	for target in markdown html pdf docx jsonl csv quote answer renderers; do \
		.venv/bin/python tests/fuzz/run.py $$target -max_total_time=$(or $(SECONDS),600) || exit 1; done

mutate: .venv/installed  ## change the code of verdict, citation check and comparison, and see whether a test fails
	.venv/bin/pip install --quiet --disable-pip-version-check --editable '.[mutation]'
	.venv/bin/mutmut run

lock: .venv/installed  ## write requirements.lock anew
	.venv/bin/python tools/lock.py

audit: .venv/installed  ## look for known weaknesses of the locked dependencies; one that cannot be looked up fails, too
	.venv/bin/pip install --quiet --disable-pip-version-check --editable '.[audit]'
	.venv/bin/pip-audit --strict --disable-pip --requirement requirements.lock
