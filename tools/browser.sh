#!/bin/sh
# The browser tests drive a real Chromium. Find one; as root, install one; else say what to run.
set -eu
packages="chromium fonts-noto-cjk"
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    # shellcheck disable=SC2086 # two words on purpose
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
    exit 0
fi
echo "浏览器测试需要 Chromium。请先运行：sudo apt install $packages" >&2
echo "The browser tests need Chromium. Run first: sudo apt install $packages" >&2
exit 1
