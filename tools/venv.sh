#!/bin/sh
# Make the virtual environment, or say in plain words what is missing.
set -eu
python="$1" venv="$2"
if ! command -v "$python" >/dev/null 2>&1; then
    echo "没有找到 Python。请先安装：sudo apt install python3 python3-venv" >&2
    echo "Python was not found. Install it: sudo apt install python3 python3-venv" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "需要 Python 3.11 或更新版本；可用 make run PYTHON=python3.12 指定。" >&2
    echo "Python 3.11 or newer is needed; name one with: make run PYTHON=python3.12" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "缺少 venv 模块。请先运行：sudo apt install python3-venv（或 python$version-venv）" >&2
    echo "The venv module is missing. Run: sudo apt install python3-venv (or python$version-venv)" >&2
    exit 1
fi
rm -rf "$venv"
"$python" -m venv "$venv"
