# The two commands of the README are `make demo` and `make check`; each installs what is missing, builds and runs.
BUILD ?= build/release
JOBS ?= $(shell nproc)
DISTGIT ?=
PREFIX ?= /usr/local

.PHONY: all build deps demo check bench install clean
all: build

deps:
	@sh packaging/deps.sh

build: deps
	@cmake -S . -B $(BUILD) -G Ninja -DCMAKE_INSTALL_PREFIX=$(PREFIX) --log-level=WARNING -Wno-dev
	@cmake --build $(BUILD) -j $(JOBS)

# make demo DISTGIT=https://git.almalinux.org/rpms/which.git#c9 runs the pipe on any dist-git repository.
demo: build
	@ALBS_BIN=$(abspath $(BUILD))/tools sh examples/demo.sh '$(DISTGIT)'

# Everything but the tests labelled interop, which want verifiers from other registries (.ci/run installs those).
check: build
	@ctest --test-dir $(BUILD) -j $(JOBS) -LE interop --output-on-failure

bench: build
	@sh bench/run.sh $(BUILD)

install: build
	@cmake --install $(BUILD)

clean:
	rm -rf build demo
