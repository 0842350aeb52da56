# Everything a developer or a curious newcomer does, as `make <target>`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
CUTOFF := 2026-09-18
COMPILE := $(BIN)/uv pip compile --universal --no-strip-extras --python-version 3.11 --exclude-newer $(CUTOFF) \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet
# The newest there is: nobody shall be compared with an old version.
BENCH_COMPILE := $(BIN)/uv pip compile --universal --no-strip-extras --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make bench-lock" --quiet

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-check browser sql test soak quick check lock docs wheel kills alert-kills airflow-kills \
	airflow-kills-short bench-sync bench-sync-short bench-alerts bench-alerts-short bench-labour bench-triage bench-triage-short \
	bench-insights bench-insights-short bench-lock hostile

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-19s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## install everything into .venv (done by the other targets)

# pip of Python 3.11's venv refuses a hashed lock with extras, so uv does the installing. Compiled at once, as a
# machine that writes no bytecode would do it in every process: a second of each.
$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || { \
		echo "Toban needs Python 3.11, 3.12 or 3.13; say which one with: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)  ## Airflow, a local PagerDuty and a local Slack, with a year of incidents
	@$(BIN)/toban demo

demo-check: $(READY)  ## start the demo, wait for its first messages, look at them, end it
	@$(BIN)/python -m pytest -q -m demo tests/demo

browser: $(READY) tests/browser/node_modules  ## the pages in a real Chromium, through Airflow, in two minutes (apt-get install chromium fonts-noto-cjk npm)
	@$(BIN)/python -m pytest -q -m browser tests/browser

tests/browser/node_modules: tests/browser/package-lock.json
	@cd $(@D) && npm ci --silent --ignore-scripts --no-audit --no-fund && touch node_modules

sql: $(READY)  ## the current snapshot, read-only, in the DuckDB command line
	@snapshot="$$($(BIN)/toban snapshot)" && $(BIN)/duckdb -readonly "$$snapshot"

test: $(READY)  ## all tests (under 10 minutes on two cores)
	@$(BIN)/python -m pytest -q -n 3 --dist loadfile

soak: $(READY)  ## what is too long for every day: kills, the real incident log, Compose's services (four minutes)
	@$(BIN)/python -m pytest -q -n 3 --dist load -m soak

quick: $(READY)  ## domain, SQL and jobs without Airflow, in seconds
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not airflow and not slow and not soak" tests/domain tests/sql tests/jobs

check: $(READY)  ## lint, types, architecture
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_architecture.py

lock: $(READY)  ## renew requirements.txt and requirements-dev.txt from their .in files
	@$(COMPILE) requirements.in -o requirements.txt
	@$(COMPILE) requirements.in requirements-dev.in -o requirements-dev.txt

docs: $(READY)  ## renew the generated part of docs/en/warehouse.md
	@$(BIN)/python docs/reference.py

wheel: $(READY)  ## build the package
	@$(BIN)/python -m hatchling build -t wheel

kills: $(READY)  ## the full fault tests: processes killed at random moments, many times
	@TOBAN_KILLS=100 $(BIN)/python -m pytest -q -m "not demo" tests/faults

alert-kills: $(READY)  ## 200 kills of alert passes during a day of incidents (ten minutes)
	@TOBAN_KILLS=200 $(BIN)/python -m pytest -q -s tests/faults/test_alerts_kill.py

airflow-kills: $(READY)  ## 30 kills of Airflow's own processes and PostgreSQL while alerts fire (a quarter of an hour)
	@PYTHONPATH=include $(BIN)/python benchmarks/bench_airflow_kills.py

airflow-kills-short: $(READY)  ## the same with one worker and one scheduler (five minutes)
	@PYTHONPATH=include $(BIN)/python benchmarks/bench_airflow_kills.py --kills 2 --only worker scheduler

bench-alerts: $(READY)  ## how soon an alert is a mention in Slack, and a storm of 1,000 (a quarter of an hour)
	@PYTHONPATH=include $(BIN)/python benchmarks/bench_alerts.py

bench-alerts-short: $(READY)  ## the same with 5 incidents and a storm of 100 (three minutes)
	@PYTHONPATH=include $(BIN)/python benchmarks/bench_alerts.py --incidents 5 --floor 5 --polls 1 --during 2 \
		--seconds 5 --storm 100 --storm-seconds 1

bench-labour: $(READY)  ## a labour month of 50 people out of 100,000 incidents, its sums against SQL (a quarter of an hour)
	@PYTHONPATH=include $(BIN)/python benchmarks/bench_labour.py

bench-triage: $(READY)  ## runbook matching, verdicts, novelty and their speed with 1,000,000 incidents (several minutes)
	@PYTHONPATH=include $(BIN)/python benchmarks/bench_triage.py

bench-triage-short: $(READY)  ## the same with 20,000 incidents, without cross-validation (under a minute)
	@PYTHONPATH=include $(BIN)/python benchmarks/bench_triage.py --incidents 20000 --quick

bench-insights: $(READY) .venv-bench/ready  ## ten people before the pages, a long trend, others asked the same (ten minutes)
	@PYTHONPATH=include:. $(BIN)/python benchmarks/bench_insights.py

bench-insights-short: $(READY) .venv-bench/ready  ## the same with 20,000 incidents (a minute)
	@PYTHONPATH=include:. $(BIN)/python benchmarks/bench_insights.py --incidents 20000 --trend 100000 --seconds 10 --hostile 12

hostile: $(READY)  ## the SQL console against 300 hostile statements (five minutes)
	@PYTHONPATH=include:. $(BIN)/python benchmarks/bench_hostile.py

bench-sync: $(READY) .venv-bench/ready .venv-bench-tap/ready  ## first sync against dlt, tap-pagerduty and a naive client (half an hour)
	@PYTHONPATH=include $(BIN)/python benchmarks/bench_sync.py

bench-sync-short: $(READY) .venv-bench/ready .venv-bench-tap/ready  ## the same with 1,000 incidents, without latency (a minute)
	@PYTHONPATH=include $(BIN)/python benchmarks/bench_sync.py --incidents 1000 --latency 0

# What is compared with lives in environments of its own: it shares no dependency with Toban.
.venv-bench/ready: benchmarks/requirements-bench.txt $(READY)
.venv-bench-tap/ready: benchmarks/requirements-bench-tap.txt $(READY)
.venv-bench/ready .venv-bench-tap/ready:
	@test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	@$(BIN)/uv pip install --quiet --python $(@D)/bin/python --require-hashes -r $<
	@touch $@

bench-lock: $(READY)  ## renew what bench-sync and bench-insights compare with
	@$(BENCH_COMPILE) benchmarks/requirements-bench.in -o benchmarks/requirements-bench.txt
	@$(BENCH_COMPILE) benchmarks/requirements-bench-tap.in -o benchmarks/requirements-bench-tap.txt
