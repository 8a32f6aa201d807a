"""Accounts, in a file of their own. A row is written at sign-up, at a change of password or recovery code, at a
recovery and at deletion, and at no other time: nothing in it moves when its owner reads or writes."""

from django.db import models

from nanashi.models.keys import KeyField, random_key

NAME_LENGTH = 40
SALT_BYTES = 16
HALF_BYTES = 32
WRAPPED_BYTES = 60
"""12 of nonce, 32 of the master secret, 16 of tag: the same for every account."""


class Account(models.Model):
    """A name, and the master secret locked twice: under the password, and under the recovery code."""

    key = KeyField(primary_key=True, default=random_key)
    name = models.CharField(max_length=NAME_LENGTH)
    name_norm = models.CharField(max_length=NAME_LENGTH * 4, unique=True)
    """The form in which names are compared."""
    password_salt = models.BinaryField(max_length=SALT_BYTES)
    password_proof = models.BinaryField(max_length=HALF_BYTES)
    """The authentication half of the one Argon2id run."""
    password_lock = models.BinaryField(max_length=WRAPPED_BYTES)
    """The master secret under the other half."""
    code_salt = models.BinaryField(max_length=SALT_BYTES)
    code_proof = models.BinaryField(max_length=HALF_BYTES)
    code_lock = models.BinaryField(max_length=WRAPPED_BYTES)
