# Zilin's verbs. `make` alone prints them.

.DEFAULT_GOAL := help
.PHONY: help demo test check lint sanitize golden clean

export PYTHONDONTWRITEBYTECODE := 1

help: ## print these verbs
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

demo: ## build, index the sample bulletins and ask a question
	@scripts/require-toolchain
	@scripts/demo.sh

test: ## run the tests
	@scripts/require-toolchain
	swift test

check: ## lint, imports, layers, links, sizes, fold tables
	@scripts/check.sh

lint: ## swift format, strictly
	@scripts/require-toolchain
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

sanitize: ## run the tests under the address, then the thread sanitizer
	@scripts/require-toolchain
	swift test --sanitize=address --scratch-path .build/sanitize-address
	swift test --sanitize=thread --scratch-path .build/sanitize-thread

golden: ## write the fold tables anew from the installed unicode-data
	scripts/generate-fold-tables.py

clean: ## remove what was built
	rm -rf .build Benchmarks/out
