"""Measurements, one question a file: `python -m bench.NAME [--quick]`."""
