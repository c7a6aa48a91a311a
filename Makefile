# Every target is one call of the launcher, so that `python3 tools/dev.py <target>` does the same without make.
# Extra words go through ARGS: make test ARGS="-k wages"
PYTHON ?= python3
TARGETS := run test check fix demo bench screenshots

.DEFAULT_GOAL := help
.PHONY: help $(TARGETS)

help:
	@$(PYTHON) tools/dev.py help

$(TARGETS):
	@$(PYTHON) tools/dev.py $@ $(ARGS)
