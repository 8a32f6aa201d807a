"""Nanashi: an anonymous diary whose words link themselves and whose numbers show their work."""

__version__ = "0.1.0"
