"""What the diary is called."""

from django.conf import settings
from django.utils.translation import gettext as _


def site_name() -> str:
    """The diary's name, in the reader's language where the operator has not given it one."""
    return settings.SITE_NAME or _("Nanashi")
