"""The nightly seal, and sealed copies: what order of writing a database keeps is taken out of it."""
