"""What a form says that did not prove that it came from this diary."""

from django.utils.translation import gettext as _


def unproven() -> str:
    """What stands above a form that is shown again."""
    return _(
        "Nothing was saved: the form was too old, or did not come from a page of this diary. Look it over; if it is "
        "yours, send it again."
    )
