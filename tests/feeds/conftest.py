"""Feeds are read in the diaries that pages are read in."""

from tests.reading.conftest import define, read, write

__all__ = ["define", "read", "write"]
