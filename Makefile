# 网格一张图. `make run` starts it; `make test` proves it.
PORT ?= 8501
# Loopback only: until people sign in, nobody else may reach a role's process.
HOST := 127.0.0.1
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run dev test check bench demo vendor docs pictures lock format system clean

help: ## What can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: $(VENV)/run.done ## Serve on http://127.0.0.1:8501 (PORT=9000 for another port)
	@printf '\n  网格一张图：请在浏览器打开 http://%s:%s\n' "$(HOST)" "$(PORT)"
	@printf '  Open http://%s:%s in a browser. Ctrl+C 停止 / stops it.\n\n' "$(HOST)" "$(PORT)"
	@exec $(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)

dev: $(VENV)/dev.done ## As run, and code is loaded anew when a file changes
	@exec $(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT) \
	    --server.fileWatcherType auto

test: system check ## Set up everything needed (Chromium, PostgreSQL, ...), then run the whole gate

check: $(VENV)/dev.done ## Format, lint, types, imports, generated files, all tests (needs what `make test` sets up)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.stale
	$(BIN)/python -m pytest -n 2 --dist loadfile

bench: $(VENV)/dev.done ## Measure: one `name: value unit` a line
	$(BIN)/python -m bench

demo: $(VENV)/run.done ## Write the demo community anew into data/
	$(BIN)/python -m wangge demo

vendor: $(VENV)/dev.done ## Fetch Leaflet and cut the typeface (needs the network; result is committed)
	$(BIN)/python -m tools.vendor
	$(BIN)/python -m tools.fonts

docs: $(VENV)/dev.done ## Write every generated file anew
	$(BIN)/python -m tools.stale --write

pictures: $(VENV)/dev.done ## Take the README's pictures anew
	$(BIN)/python -m tools.screenshots

lock: $(VENV)/dev.done ## Pin the requirements, with hashes
	$(BIN)/python -m tools.lock

format: $(VENV)/dev.done ## Format the code and apply safe fixes
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## Remove what was made here, never your data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

system:
	@sh tools/system.sh

$(VENV)/bin/pip:
	@sh tools/venv.sh "$(PYTHON)" "$(VENV)"

$(VENV)/run.done: requirements.txt | $(VENV)/bin/pip
	@echo '正在安装运行所需的包，第一次约需几分钟…… / Installing what the app needs...'
	@$(BIN)/pip install -qq --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.done: requirements-dev.txt $(VENV)/run.done
	@$(BIN)/pip install -qq --require-hashes -r requirements-dev.txt
	@touch $@
