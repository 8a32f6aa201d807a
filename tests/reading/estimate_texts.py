"""Estimates that several tests post."""

RUN = """```estimate
title: When does a run pass 1e29?
years: 2023 to 2040
base = 2e25 to 3e25 FLOP
growth = 0.4 to 0.7 OOM/yr   # money lasts source: https://example.org/a
run = base growing growth from 2023
passes = first year when run >= 1e29 FLOP
show run, passes
```"""
SUM = "```estimate\na = 2 to 3 OOM\nb = 1 to 3 OOM\ntotal = a + b\n```"
