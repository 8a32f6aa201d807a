"""What people type on the pages about accounts, and what is wrong with it, field by field."""

import math
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nanashi.accounts.passwords import LONGEST_PASSWORD, weakness
from nanashi.accounts.records import account_named
from nanashi.models.account import NAME_LENGTH

LONGEST_CODE = 100


def _password() -> forms.CharField:
    return forms.CharField(strip=False, max_length=LONGEST_PASSWORD)


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    new_password = _password()
    new_password_again = _password()

    def clean(self) -> dict[str, Any]:
        """Refuse weak passwords, and two that differ."""
        cleaned = super().clean() or self.cleaned_data
        password, again = cleaned.get("new_password"), cleaned.get("new_password_again")
        if password:
            weak = weakness(password, self.name_typed())
            if weak:
                self.add_error("new_password", weak)
            elif again and again != password:
                self.add_error("new_password_again", _("This is not what stands above."))
        return cleaned

    def name_typed(self) -> str:
        """The name that the password is for."""
        return str(self.cleaned_data.get("name", ""))


class SignUpForm(NewPasswordForm):
    """A name and a new password."""

    field_order = ["name", "new_password", "new_password_again"]
    name = forms.CharField(max_length=NAME_LENGTH)

    def clean_name(self) -> str:
        """One line of visible characters that nobody has yet."""
        name = " ".join(self.cleaned_data["name"].split())
        if not name.isprintable():
            raise ValidationError(_("The name has a character that cannot be seen."))
        if account_named(name) is not None:
            raise ValidationError(_("This name is taken."))
        return name


class SignInForm(forms.Form):
    """A name and its password."""

    name = forms.CharField(max_length=NAME_LENGTH)
    password = _password()


class RecoveryForm(NewPasswordForm):
    """A name, its recovery code and a new password."""

    field_order = ["name", "code", "new_password", "new_password_again"]
    name = forms.CharField(max_length=NAME_LENGTH)
    code = forms.CharField(max_length=LONGEST_CODE)


class ChangePasswordForm(NewPasswordForm):
    """The password that is in use and a new one, for the owner of this name."""

    field_order = ["password", "new_password", "new_password_again"]
    password = _password()

    def __init__(self, *arguments: Any, name: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.name = name

    def name_typed(self) -> str:
        """The account's name."""
        return self.name


class PasswordForm(forms.Form):
    """The password that is in use, asked again before something that matters."""

    password = _password()


class CodeForm(forms.Form):
    """A recovery code, typed back."""

    code = forms.CharField(max_length=LONGEST_CODE)


def say_wait(form: forms.Form, field: str, seconds: float) -> None:
    """Say on a field how long to wait."""
    wait = math.ceil(seconds)
    message = ngettext(
        "Too many attempts. Try again in %(seconds)d second.",
        "Too many attempts. Try again in %(seconds)d seconds.",
        wait,
    )
    form.add_error(field, message % {"seconds": wait})
