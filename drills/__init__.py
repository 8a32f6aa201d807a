"""Hard tries, one promise a file: `python -m drills.NAME [--quick]`."""
