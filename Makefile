# The two commands of the README are `make demo` and `make check`; each installs what is missing, builds and runs.
# Only deps, demo and check call a package manager.
BUILD ?= build/release
JOBS ?= $(shell nproc)
DISTGIT ?=
PREFIX ?= /usr/local
CONFIGURE = cmake -S . -B $(BUILD) -G Ninja -DCMAKE_INSTALL_PREFIX=$(PREFIX) --log-level=WARNING -Wno-dev
# A fresh directory has no tests, since those want more packages; where `make check` has configured them they stay.
CONFIGURE_IF_NEW = [ -e $(BUILD)/build.ninja ] || $(CONFIGURE) -DBUILD_TESTING=OFF

.PHONY: all build deps demo check bench install clean
all: build

deps:
	@sh packaging/deps.sh demo

build:
	@$(CONFIGURE_IF_NEW)
	@cmake --build $(BUILD) -j $(JOBS)

# make demo DISTGIT=https://git.almalinux.org/rpms/which.git#c9 runs the pipe on any dist-git repository.
demo:
	@sh packaging/deps.sh demo
	@$(CONFIGURE_IF_NEW)
	@cmake --build $(BUILD) -j $(JOBS) --target tools
	@ALBS_BIN=$(abspath $(BUILD))/tools sh examples/demo.sh '$(DISTGIT)'

# Everything but the tests labelled interop, which want verifiers from other registries (.ci/run installs those).
# The programs of bench/ are built with it, since nothing else would say that one of them no longer links.
check:
	@sh packaging/deps.sh check
	@$(CONFIGURE) -DBUILD_TESTING=ON -DALBS_BENCH=ON
	@cmake --build $(BUILD) -j $(JOBS) --target all bench-programs
	@ctest --test-dir $(BUILD) -j $(JOBS) -LE interop --output-on-failure

bench:
	@$(CONFIGURE) -DALBS_BENCH=ON
	@cmake --build $(BUILD) -j $(JOBS) --target tools bench-programs
	@sh bench/run.sh $(BUILD)

install:
	@$(CONFIGURE_IF_NEW)
	@cmake -DCMAKE_INSTALL_PREFIX=$(PREFIX) $(BUILD) >/dev/null
	@cmake --build $(BUILD) -j $(JOBS)
	@cmake --install $(BUILD)

clean:
	rm -rf build demo
