#!/usr/bin/env bash
# The main job from a clean clone: builds, indexes the sample bulletins, asks five questions through the daemon's socket.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/require-toolchain

echo "Building Zilin (release; a few minutes the first time) ..."
swift build -c release --product searchd
swift build -c release --product searchctl
bin=$(swift build -c release --show-bin-path)

folder=$(mktemp -d)
daemon=
stop() {
  if [[ -n $daemon ]]; then
    kill -TERM "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT

echo
echo "\$ searchctl rebuild --index $folder/index corpus/bulletins"
"$bin/searchctl" rebuild --index "$folder/index" corpus/bulletins

echo
echo "\$ searchd --index $folder/index --socket $folder/search.sock &"
"$bin/searchd" --index "$folder/index" --socket "$folder/search.sock" &
daemon=$!
for _ in $(seq 100); do
  [[ -S $folder/search.sock ]] && break
  sleep 0.05
done

# ask WHAT QUERY EXPECTED: prints the answer, and fails unless a hit is the document EXPECTED.
ask() {
  local answer
  echo
  echo "—— $1"
  echo "\$ searchctl search --socket $folder/search.sock --limit 2 '$2'"
  answer=$("$bin/searchctl" search --socket "$folder/search.sock" --limit 2 "$2")
  echo "$answer"
  if [[ $answer != *"$3"* ]]; then
    echo "demo: expected $3 among the answers to $2" >&2
    exit 1
  fi
}

ask "1. A phrase that a page break cuts in the file" '"应急救援指挥部"' corpus/bulletins/2021-01.txt
ask "2. A single character" '蜱' corpus/bulletins/2024-01.md
ask "3. Two keywords" '老年 助餐' corpus/bulletins/2024-01.md
ask "4. A question in Traditional characters" '禁止燃放煙花爆竹' corpus/bulletins/2022-01.txt
ask "5. A document by its number, and who cites it" '云政办发[2021] 19' corpus/bulletins/2021-01.txt#4
ask "6. What is no longer in force" '宅基地 status:repealed' corpus/bulletins/2019-01.txt#1

echo
echo "Six questions, six answers. 'make test' runs the tests; README.md says how to index your own files."
