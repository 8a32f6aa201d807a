"""Rows of accounts: found, and written at the few times when they are written at all."""

from django.db import IntegrityError, transaction

from nanashi.accounts.router import ACCOUNTS
from nanashi.identity.ring import Lock
from nanashi.models import Account
from nanashi.text.normal import normalise


class NameTakenError(Exception):
    """Somebody has this name already."""


def normal_name(name: str) -> str:
    """The form in which names are compared: case and width do not matter."""
    return normalise(" ".join(name.split()))


def account_named(name: str) -> Account | None:
    """The account of this name."""
    return Account.objects.filter(name_norm=normal_name(name)).first()


def account_of(key: int) -> Account | None:
    """The account of this key, as a session has it."""
    return Account.objects.filter(key=key).first()


def enrol(name: str, password: Lock, code: Lock) -> Account:
    """Write a new account. Raises NameTakenError."""
    account = Account(name=name, name_norm=normal_name(name))
    _set_password(account, password)
    _set_code(account, code)
    try:
        with transaction.atomic(using=ACCOUNTS):
            account.save(force_insert=True)
    except IntegrityError:
        raise NameTakenError from None
    return account


def change_password(account: Account, password: Lock) -> None:
    """Write another lock under a password; what was there is overwritten."""
    _set_password(account, password)
    account.save(update_fields=["password_salt", "password_proof", "password_lock"])


def change_code(account: Account, code: Lock) -> None:
    """Write another lock under a recovery code; the old code opens nothing any more."""
    _set_code(account, code)
    account.save(update_fields=["code_salt", "code_proof", "code_lock"])


def delete(account: Account) -> None:
    """Erase an account. Its entries stay, and nobody can change them any more."""
    account.delete()


def password_lock(account: Account) -> Lock:
    """The lock under the password."""
    return Lock(bytes(account.password_salt), bytes(account.password_proof), bytes(account.password_lock))


def code_lock(account: Account) -> Lock:
    """The lock under the recovery code."""
    return Lock(bytes(account.code_salt), bytes(account.code_proof), bytes(account.code_lock))


def _set_password(account: Account, lock: Lock) -> None:
    account.password_salt, account.password_proof, account.password_lock = lock.salt, lock.proof, lock.wrapped


def _set_code(account: Account, lock: Lock) -> None:
    account.code_salt, account.code_proof, account.code_lock = lock.salt, lock.proof, lock.wrapped
