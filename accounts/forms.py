from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth import forms as auth_forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from . import mails
from .models import Invitation, User


class SignInForm(auth_forms.AuthenticationForm):
    error_messages = {
        "invalid_login": _(
            "Username and password do not belong together. Capital and small letters both count."
        ),
        "inactive": _("Username and password do not belong together. Capital and small letters both count."),
    }


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        help_texts = {
            "name": _("As colleagues see it on the desk; your username is shown where this is empty.")
        }


class ChangePasswordForm(auth_forms.PasswordChangeForm):
    def __init__(self, user: User, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.request = request

    @sensitive_variables()
    def clean_old_password(self) -> str:
        """Ask the backends instead of the hash, so that guessing here is limited as it is at the door."""
        old_password = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.username, password=old_password) is None:
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old_password


class AskForResetForm(auth_forms.PasswordResetForm):
    def send_links(self) -> None:
        """Send a link to whoever this address belongs to. The answer is the same when it is nobody's."""
        for user in self.get_users(self.cleaned_data["email"]):
            mails.in_background(mails.new_password_mail(user))


class NewPasswordForm(auth_forms.SetPasswordForm):
    pass


class AcceptInvitationForm(auth_forms.BaseUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "name", "language"]
        field_classes = {"username": auth_forms.UsernameField}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        if invitation is not None:
            self.instance.email = invitation.email
            self.instance.role = invitation.role

    def clean(self) -> dict[str, Any] | None:
        if User.objects.filter(email__iexact=self.invitation.email).exists():
            raise forms.ValidationError(
                _("There is already a user with this email address: sign in instead.")
            )
        return super().clean()

    @transaction.atomic
    def save(self, commit: bool = True) -> User | None:
        """Create the user, unless the invitation was used or withdrawn meanwhile."""
        invitation = Invitation.objects.open().select_for_update().filter(pk=self.invitation.pk).first()
        if invitation is None or invitation.token_hash != self.invitation.token_hash:
            return None
        user = super().save()
        invitation.accept(user)
        return user


ROLES_IN_SHORT = _(
    "Contributors write drafts of their own; editors curate and publish everything; "
    "administrators also decide who works here."
)


class InviteForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "role"]
        help_texts = {"role": ROLES_IN_SHORT}


class AddUserForm(auth_forms.BaseUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "email", "name", "role", "language"]
        field_classes = {"username": auth_forms.UsernameField}
        help_texts = {"role": ROLES_IN_SHORT}


class ChangeUserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "email", "name", "role", "language"]
        field_classes = {"username": auth_forms.UsernameField}
        help_texts = {"role": ROLES_IN_SHORT}

    def clean_role(self) -> str:
        role = self.cleaned_data["role"]
        if role != User.Role.ADMINISTRATOR and not self.instance.is_superuser:
            with transaction.atomic():  # the desk's own, where it saves the form
                self.instance.refuse_if_last_keeper()
        return role
