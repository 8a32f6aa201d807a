"""`python -m nanashi` is the command `nanashi`."""

from nanashi.cli import main

main()
