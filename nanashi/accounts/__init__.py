"""Accounts: signing up, in and out, and the key ring that a request carries. Nothing here knows entries."""
