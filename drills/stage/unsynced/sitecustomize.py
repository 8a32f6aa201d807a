"""Planted by drills/power.py: the diary's database does not wait for the disk."""

from nanashi.web import settings

options = settings.DATABASES["default"]["OPTIONS"]
options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
