"""What the buttons beside the text do to it: tab-separated lines become tables, tables of numbers estimates."""

from django.utils.translation import gettext as _

from nanashi.estimates.from_table import with_estimates
from nanashi.text.pasted import TableTooLargeError, with_tables
from nanashi.writing.forms import EntryForm

RESHAPE = {"table": with_tables, "estimate": with_estimates}
"""By the button that was pressed."""


def reshape(form: EntryForm, wanted: str) -> str:
    """Do to the form's text what its button says; what is to be said where that cannot be, and else ""."""
    try:
        form.typed_body = RESHAPE[wanted](form.typed_body)
    except TableTooLargeError:
        return _("A table has too many cells to be made here. Take fewer rows.")
    return ""
