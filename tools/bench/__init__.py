"""Benchmarks: each measure stands beside a baseline of the same run, so that a slow machine cannot mislead."""
