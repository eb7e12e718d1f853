# Zilin's verbs. `make` alone prints them.

.DEFAULT_GOAL := help
.PHONY: help demo test check lint acceptance kill-test damage-test exactness figures compare growth ranking text release sanitize golden clean

export PYTHONDONTWRITEBYTECODE := 1

help: ## print these verbs
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

demo: ## build, index the sample bulletins and ask a question
	@scripts/require-toolchain
	@scripts/demo.sh

test: ## run the tests
	@scripts/require-toolchain
	swift test

check: ## lint, imports, layers, links, sizes, generated tables
	@scripts/check.sh

lint: ## swift format, strictly
	@scripts/require-toolchain
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

acceptance: release ## the programs as their users meet them, on the sample bulletins; a minute and a half
	@Tests/Acceptance/short.py --bin "$$(swift build -c release --show-bin-path)"

kill-test: release ## kill -9 at 100 random moments of rebuild, add and merge
	@Tests/Acceptance/kills.py --bin "$$(swift build -c release --show-bin-path)"

damage-test: release ## 1,000 random changes of a byte, each named by verify
	@Tests/Acceptance/damage.py --bin "$$(swift build -c release --show-bin-path)"

exactness: text release ## 1,000 random phrases of DATA=corpus.jsonl against a plain scan
	@Tests/Acceptance/exactness.py --bin "$$(swift build -c release --show-bin-path)" $(DATA)

figures: text release ## measure the figures of README on DATA=corpus.jsonl, and record them in Benchmarks
	@Tests/Acceptance/figures.py --bin "$$(swift build -c release --show-bin-path)" --record $(DATA)

compare: text release ## compare with other engines on DATA=corpus.jsonl, OPTIONS=--help; into docs/performance.md
	@Benchmarks/compare.py --bin "$$(swift build -c release --show-bin-path)" --record $(OPTIONS) $(DATA)

growth: text release ## 6 to 600 MB made of DATA=corpus.jsonl; into docs/performance.md and docs/growth.svg
	@Benchmarks/growth.py --bin "$$(swift build -c release --show-bin-path)" --record $(OPTIONS) $(DATA)

ranking: text release ## how well it ranks, on the judged collections in the folder DATA; into docs/ranking.md
	@Benchmarks/ranking.py --bin "$$(swift build -c release --show-bin-path)" --record $(OPTIONS) $(DATA)

text:
	@test -n "$(DATA)" || { echo "Name the text: make $(firstword $(MAKECMDGOALS)) DATA=corpus.jsonl" >&2; exit 2; }

release:
	@scripts/require-toolchain
	@swift build -c release --product searchctl
	@swift build -c release --product searchd

sanitize: ## run the tests under the address, then the thread sanitizer
	@scripts/require-toolchain
	swift test --sanitize=address --scratch-path .build/sanitize-address
	swift test --sanitize=thread --scratch-path .build/sanitize-thread

golden: ## write the tables of folding and of readings anew from the installed unicode-data
	scripts/generate-fold-tables.py
	scripts/generate-reading-tables.py

clean: ## remove what was built
	rm -rf .build Benchmarks/out
