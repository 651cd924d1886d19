# Everything a person or CI runs here. `make help` lists the targets.

export GOFLAGS := -trimpath -buildvcs=false
export CGO_ENABLED ?= 1

GO       ?= go
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS  := -s -w -X main.version=$(VERSION)
# v3 is AVX2: three times as fast; baseline runs on every x86-64 CPU.
ENGINE_CPU ?= v3
GOFUMPT  := mvdan.cc/gofumpt@v0.12.0
STATIC   := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: prerequisites
prerequisites: ## check what a build needs, and install what is missing where this may
	@./deploy/prerequisites

.PHONY: test-prerequisites
test-prerequisites:
	@./deploy/prerequisites test

.PHONY: build
build: prerequisites ## build bin/phallama and bin/podd
	CGO_ENABLED=0 $(GO) build -ldflags "$(LDFLAGS)" -o bin/phallama ./cmd/phallama
	CGO_ENABLED=0 $(GO) build -ldflags "$(LDFLAGS)" -o bin/podd ./cmd/podd

.PHONY: engine
engine: prerequisites ## build bin/engine (real Ollama on UNIX sockets), bin/podd-allinone (a pod in one process), bin/ollama (the command, for tests) and the tiny model's store; minutes when cold, seconds when warm
	cd engine && $(GO) run ./cmd/mkengine -cpu $(ENGINE_CPU) -version $(VERSION) -ollama ../bin/ollama

.PHONY: release
release: prerequisites ## fill dist/ with binaries, OCI images, SBOMs and checksums that anybody can make again (docs/operate/release.md)
	$(GO) -C deploy/release run . -cpu $(ENGINE_CPU) $(if $(findstring command,$(origin VERSION)),-version $(VERSION)) $(RELEASE)

.PHONY: demo
demo: prerequisites engine build ## one private query from end to end, shown step by step
	./bin/phallama demo --data build/demo

.PHONY: test
test: test-prerequisites engine build test-contracts test-web test-page test-go lint ## everything that CI runs

.PHONY: test-go
test-go: attest/simulated/crosscheck/node_modules interop/compat/node/node_modules ## Go tests with the race detector (needs `make engine build` once)
	CGO_ENABLED=0 $(GO) vet ./...
	$(GO) test -race -timeout 20m -parallel 4 ./... # what is parallel waits more than it computes
	cd engine && $(GO) vet ./... && $(GO) test -race ./cmd/... ./gate ./link ./patch ./pulse ./serve ./store && $(GO) test -count=1 ./integration
	cd interop && $(GO) vet ./... && $(GO) test -count=1 ./...
	cd deploy/release && $(GO) vet ./... && $(GO) test -count=1 -timeout 30m ./...

.PHONY: test-contracts
test-contracts: contracts/node_modules ## build and test the contracts with forge; hold the committed artifacts against them
	cd contracts && npm test

.PHONY: test-page
test-page: web/app/node_modules ## the gateway's page, in Chromium on a network; that what is embedded is what its source gives
	cd web/app && npm run check
	cd web/app && npx vite build --outDir $(CURDIR)/bin/page --logLevel error && diff -r $(CURDIR)/bin/page ../dist \
	  || { echo "web/dist is not what web/app gives: cd web/app && npm run build"; exit 1; }
	cd web/app && npm test

.PHONY: test-web
test-web: web/client/node_modules ## the envelope in TypeScript, in Node.js and Chromium, against vectors and the Go half
	cd web/client && npm test

.PHONY: gas
gas: ## what each operation costs on chain, from receipts
	@$(GO) test -count=1 -run '^TestGas$$' -v ./chain/bindings/escrow | sed -n -e 's/^ *gas_test.go:[0-9]*: //p' -e '/^FAIL/{p;q1}'

.PHONY: test-long
test-long: ## what is too long for CI: deep fuzzing and invariants
	./deploy/test-long

.PHONY: soak-billing
soak-billing: prerequisites engine build ## 100 users × 100 queries while pods die and networks break, then every book against every other (about 15 minutes)
	$(GO) run ./internal/devnet/soak $(SOAK)

.PHONY: bench-gateway
bench-gateway: prerequisites engine build ## what the gateway adds to the first token, and to 500 streams at once (about 3 minutes)
	$(GO) run ./internal/devnet/bench $(BENCH)

.PHONY: lint
lint: ## gofumpt, staticcheck
	@unformatted=$$($(GO) run $(GOFUMPT) -l $$(git ls-files '*.go' | xargs grep -L '^// Code generated')); \
	  if [ -n "$$unformatted" ]; then echo "gofumpt would change:"; echo "$$unformatted"; exit 1; fi
	CGO_ENABLED=0 $(GO) run $(STATIC) ./...
	cd engine && $(GO) run $(STATIC) ./...
	cd deploy/release && $(GO) run $(STATIC) ./...

contracts/node_modules: contracts/package-lock.json
	cd contracts && npm ci --no-audit --no-fund
	@touch $@

web/app/node_modules: web/app/package-lock.json
	cd web/app && npm ci --no-audit --no-fund

web/client/node_modules: web/client/package-lock.json
	cd web/client && npm ci --no-audit --no-fund
	@touch $@

# Another verifier of quotes, to hold ours against.
attest/simulated/crosscheck/node_modules: attest/simulated/crosscheck/package-lock.json
	cd attest/simulated/crosscheck && npm ci --no-audit --no-fund
	@touch $@

# Programs' own client libraries, to ask a gateway and the engine with.
interop/compat/node/node_modules: interop/compat/node/package-lock.json
	cd interop/compat/node && npm ci --no-audit --no-fund
	@touch $@
