#!/bin/sh
# What the tests need of the system: a real Chromium with Chinese letters, PostgreSQL with PostGIS,
# GDAL and Poppler. Find them; as root, install what is missing; else say what to run.
set -eu

here() { # whether any of the named programs is here
    for name in "$@"; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

postgis() { # the package of PostGIS for the PostgreSQL that this system offers
    if apt-cache show postgresql-postgis >/dev/null 2>&1; then
        echo postgresql-postgis
    else
        apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' | cut -d ' ' -f 1 | sort -V | tail -1
    fi
}

missing() {
    here "${CHROMIUM:-}" chromium chromium-browser google-chrome || echo chromium fonts-noto-cjk
    ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || echo postgresql "$(postgis)"
    here ogrinfo || echo gdal-bin
    here pdftotext || echo poppler-utils
}

[ -n "$(missing)" ] || exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    # shellcheck disable=SC2046 # several words on purpose
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(missing)
    exit 0
fi
packages=$(missing | tr '\n' ' ')
echo "测试需要系统里有这些软件包。请先运行：sudo apt install $packages" >&2
echo "The tests need these packages. Run first: sudo apt install $packages" >&2
exit 1
