"""Keywords are written: forms, histories, merging of two edits, proposals."""
