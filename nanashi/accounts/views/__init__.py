"""Pages about accounts, one file a page."""
