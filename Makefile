# Needs Go and make, nothing else. `make` alone lists the targets.

GO       ?= go
ARGS     ?=
FUZZTIME ?= 10s
BENCH    ?= .
STEPS    ?= 1000000

EXE      := $(shell $(GO) env GOEXE)
BIN      := bin/resiltui$(EXE)
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

# -buildvcs=false: the version comes from VERSION, and the build must not fail
# where git is missing or refuses the checkout because somebody else owns it.
BUILD    := -trimpath -buildvcs=false -ldflags "-X main.version=$(VERSION)"
TOOL     := $(GO) tool -modfile=tools/go.mod
GOLANGCI := $(GO) tool -modfile=tools/golangci/go.mod golangci-lint
GORELEASER := $(GO) tool -modfile=tools/goreleaser/go.mod goreleaser

# Everything is compiled as what is handed out is, so that tests, lint and release
# compile it once.
GOFLAGS  ?= -trimpath

export GO GOFLAGS

.DEFAULT_GOAL := help
.PHONY: help run build install dist test test-race test-times cover lint fmt bench soak conformance model mutation screens fuzz demo demo-check clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: build ## Build and open the live dashboard; ARGS="..." passes arguments
	@$(BIN) $(ARGS)

build: ## Build bin/resiltui
	@echo "building $(BIN) $(VERSION)"
	@CGO_ENABLED=0 $(GO) build $(BUILD) -o $(BIN) ./cmd/resiltui

install: ## Install resiltui where `go install` puts programs
	@CGO_ENABLED=0 $(GO) install $(BUILD) ./cmd/resiltui
	@dir=$$($(GO) env GOBIN); echo "installed $${dir:-$$($(GO) env GOPATH)/bin}/resiltui$(EXE)"

# The same commit gives the same bytes. DIST_URL is where the archives will be
# downloaded from; the Homebrew formula needs it.
dist: ## Programs, packages and checksums for every platform, in dist/
	@VERSION="$(VERSION)" CGO_ENABLED=0 $(GORELEASER) release --snapshot --clean --config tools/dist/goreleaser.yaml
	@cd tools && $(GO) run ./dist -formula ../dist -version "$(VERSION)"

test: ## Run the tests; TESTFLAGS="-run Breaker -count=1" narrows them
	@sh tools/test.sh $(TESTFLAGS)

test-race: ## Run the tests at full length with the race detector, as CI does
	@sh tools/test.sh --race $(TESTFLAGS)

test-times: ## The slowest twenty tests of the last run
	@sh tools/test.sh --times

cover: ## Run all tests and list the packages' coverage
	@mkdir -p bin
	@$(GO) test -cover -coverprofile=bin/cover.out ./...
	@$(GO) tool cover -func=bin/cover.out | tail -n 1

# As the product is built, and no C compiler is asked for.
lint fmt: export CGO_ENABLED = 0

lint: ## Check format, go.mod, vet, staticcheck, golangci-lint, known vulnerabilities
	@echo "lint: gofumpt"
	@files=$$($(TOOL) gofumpt -l .) || exit 1; \
	if [ -n "$$files" ]; then echo "not formatted, run make fmt:"; echo "$$files"; exit 1; fi
	@echo "lint: go mod tidy"
	@$(GO) mod tidy -diff
	@echo "lint: go vet"
	@$(GO) vet ./...
	@echo "lint: staticcheck"
	@$(TOOL) staticcheck ./...
	@echo "lint: golangci-lint"
	@$(GOLANGCI) run ./...
	@echo "lint: govulncheck"
	@sh tools/vulncheck.sh

fmt: ## Format all Go files
	@$(TOOL) gofumpt -w .

bench: ## Measure speed and memory beside other libraries; writes docs/performance.md; BENCH=regexp only prints those rows
	@cd benchmarks && $(GO) run ./performance -rows '$(BENCH)' $(if $(filter .,$(BENCH)),-o ../docs/performance.md)

soak: ## SOAK (24h) of virtual time under random faults and commands; SEED chooses them
	@$(GO) test -count=1 -timeout 60m -v -run '^TestSoak$$' ./internal/engine -soak=$(or $(SOAK),24h) -soak-seed=$(or $(SEED),42)

conformance: ## Known bugs and STEPS random steps against other libraries; writes docs/conformance.md
	@cd benchmarks && $(GO) test -count=1 ./conformance -update
	@cd benchmarks && $(GO) test -count=1 -timeout 30m ./differential -steps=$(STEPS)

model: ## Every interleaving of CALLERS (5) at the breaker against its table
	@MODEL_CALLERS=$(or $(CALLERS),5) $(GO) test -count=1 -timeout 30m -v -run 'EveryInterleaving|ReleasedTogether' ./internal/engine/breaker

screens: ## MESSAGES (1000000) random keys, clicks, pastes and sizes at the dashboard
	@$(GO) test -count=1 -timeout 120m -v -run '^TestNoMessageBreaksTheScreen$$' ./internal/model -rapid.checks=$$(( $(or $(MESSAGES),1000000) / 220 + 1 ))

mutation: ## Changes of the policies that no test notices; writes docs/mutation.md; MUTANT=regexp only tries those
	@cd tools && $(GO) run ./mutate -late EveryInterleaving $(if $(MUTANT),-only '$(MUTANT)',-page ../docs/mutation.md) \
		./internal/engine/breaker ./internal/engine/retry ./internal/engine/fallback

fuzz: ## Run each fuzz target for FUZZTIME (10s)
	@sh tools/fuzz.sh $(FUZZTIME)

demo: build ## Record docs/tapes/*.tape with vhs; TAPE=file records one
	@sh tools/demo.sh $(TAPE)

demo-check: build ## Run the tapes without keeping pictures; TAPE=file runs one
	@sh tools/demo.sh --check $(TAPE)

clean: ## Remove what was built
	@rm -rf bin dist
