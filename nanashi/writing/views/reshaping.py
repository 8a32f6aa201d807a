"""What the buttons beside the text do to it: tab-separated lines become tables, tables of numbers estimates."""

from django.utils.translation import gettext as _

from nanashi.estimates.from_table import with_estimates
from nanashi.text.pasted import TableTooLargeError, with_tables
from nanashi.writing.forms import EntryForm

RESHAPE = {"table": with_tables, "estimate": with_estimates}
"""By the button that was pressed."""


def reshape(form: EntryForm, wanted: str) -> str:
    """Do to the form's text what its button says; what is to be said where that cannot be, and else ""."""
    typed = form.typed_body
    try:
        form.typed_body = RESHAPE[wanted](typed)
    except TableTooLargeError:
        return _("A table has too many cells to be made here. Take fewer rows.")
    return _no_effect(wanted) if form.typed_body == typed else ""


def _no_effect(wanted: str) -> str:
    """What is said where nothing was found to change."""
    if wanted == "table":
        return _(
            "Nothing was changed: a table is made of two or more lines, one below the other, with tabs in them."
        )
    return _(
        "Nothing was changed: an estimate is begun from a table in which two or more rows have a name and a number."
    )
