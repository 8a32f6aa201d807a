"""Which table is in which file: accounts are in one of their own, everything else is in the diary."""

from typing import Any

from django.db.models import Model

ACCOUNTS, DIARY = "accounts", "default"
MODEL = "account"


class AccountsRouter:
    """Sends Account to its own database, and migrations of tables to where the table is.

    What a migration does in SQL or Python of its own is done to the diary.
    """

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The database of a model."""
        return ACCOUNTS if model._meta.model_name == MODEL else DIARY

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        """Whether a table is made in this database."""
        return db == (ACCOUNTS if model_name == MODEL else DIARY)
