"""Pages on which keywords are written."""
