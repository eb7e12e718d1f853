#!/usr/bin/env bash
# Everything that can be said of the project without running it: style, imports, layers, links, sizes, generated tables.
# Each of our own checks is first shown a tree that is wrong, and must complain.
set -uo pipefail
cd "$(dirname "$0")/.."
export PYTHONDONTWRITEBYTECODE=1

scripts/require-toolchain || exit 1

failed=()

check() {
  local name=$1
  shift
  if "$@"; then
    echo "ok      $name"
  else
    echo "FAILED  $name"
    failed+=("$name")
  fi
}

for name in check-imports check-layers check-links check-sizes check-words; do
  check "$name --self-test" "scripts/$name" --self-test
  check "$name" "scripts/$name"
done
check "synonyms" scripts/generate-synonyms.py --check
check "lint" make --no-print-directory --silent lint
if [[ -d /usr/share/unicode ]]; then
  check "fold tables" scripts/generate-fold-tables.py --check
  check "reading tables" scripts/generate-reading-tables.py --check
else
  echo "skipped fold and reading tables: the package unicode-data is not installed"
fi

if ((${#failed[@]} > 0)); then
  echo "make check: failed: ${failed[*]}" >&2
  exit 1
fi
