"""Users and invitations on the desk. Nobody is deleted: who did something stays named, deactivated."""

import logging
from collections.abc import Callable
from typing import Any, cast

# These two register what is taken over below.
import axes.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from history.admin import FoundByKey

from . import forms, mails
from .models import Invitation, User, UserQuerySet

log = logging.getLogger(__name__)
BOTH = [ActionLocation.CHANGE_FORM, ActionLocation.CHANGE_LIST]

admin.site.unregister([Group, AccessAttempt, AccessLog, AccessFailureLog])


class FilteredByColumnsOnly(FoundByKey):
    """Filters are those of the sidebar: any other lookup could ask about columns that are not shown."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup in {f"{field}__exact" for field in self.list_filter} and "\0" not in str(value)


@admin.register(User)
class UserAdmin(FilteredByColumnsOnly):
    form = forms.ChangeUserForm
    list_display = ["username", "name", "role_shown", "is_active", "last_login", "invited_by", "email"]
    list_filter = ["role", "is_active"]
    list_select_related = ["invitation__invited_by"]
    search_fields = ["username", "name", "email"]
    ordering = ["username", "pk"]
    readonly_fields = ["is_active", "last_login", "date_joined", "invited_by"]
    actions = ["deactivate", "reactivate", "send_password_link"]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list:
        who = ["username", "email", "name", "role", "language"]
        if obj is None:
            return [(None, {"fields": [*who, "password1", "password2"]})]
        return [(None, {"fields": who}), (_("Facts"), {"fields": self.readonly_fields})]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(
            request, obj, change, **({"form": forms.AddUserForm} if obj is None else {}) | kwargs
        )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Nobody changes their own role, not even downwards: that is how one locks oneself out."""
        return [*self.readonly_fields, "role"] if obj == request.user else self.readonly_fields

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or _whoever(request).may_manage(obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    @method_decorator(sensitive_post_parameters())
    def add_view(self, *args: Any, **kwargs: Any) -> Any:
        return super().add_view(*args, **kwargs)

    @admin.display(description=_("role"), ordering="role")
    def role_shown(self, user: User) -> str:
        return gettext("superuser") if user.is_superuser else user.get_role_display()

    @admin.display(description=_("invited by"))
    def invited_by(self, user: User) -> str:
        invitation = getattr(user, "invitation", None)
        return str(invitation.invited_by) if invitation else "–"

    @admin.action(description=_("Deactivate"), permissions=["change"], location=BOTH)
    def deactivate(self, request: HttpRequest, users: UserQuerySet) -> None:
        self._each(request, users.active(), _deactivate)

    @admin.action(description=_("Reactivate"), permissions=["change"], location=BOTH)
    def reactivate(self, request: HttpRequest, users: UserQuerySet) -> None:
        self._each(request, users.filter(is_active=False), _reactivate)

    @admin.action(description=_("Send a link for a new password"), permissions=["change"], location=BOTH)
    def send_password_link(self, request: HttpRequest, users: UserQuerySet) -> None:
        self._each(request, users.active(), _send_password_link)

    def _each(
        self, request: HttpRequest, users: UserQuerySet, do: Callable[[HttpRequest, User], Any]
    ) -> None:
        """Do it to each user whom this one may manage; say what was done and what was refused."""
        done = 0
        for user in users:
            try:
                if not _whoever(request).may_manage(user):
                    raise ValidationError(_("%(user)s can only be changed by a superuser.") % {"user": user})
                said = do(request, user)
            except ValidationError as refusal:
                messages.error(request, refusal.message % (refusal.params or {}))
            else:
                self.log_change(request, user, said)
                done += 1
        counted = ngettext("%(count)d user changed.", "%(count)d users changed.", done) % {"count": done}
        messages.info(request, counted)


def _whoever(request: HttpRequest) -> User:
    """The signed-in user, which the desk's doors have made sure of."""
    return cast(User, request.user)


def _deactivate(request: HttpRequest, user: User) -> str:
    if user == request.user:
        raise ValidationError(_("You cannot deactivate yourself."))
    user.deactivate()
    return gettext("Deactivated.")


def _reactivate(request: HttpRequest, user: User) -> str:
    user.reactivate()
    return gettext("Reactivated.")


def _send_password_link(request: HttpRequest, user: User) -> str:
    _send(request, mails.new_password_mail(user), mails.new_password_link(user))
    return gettext("Link for a new password sent.")


@admin.register(Invitation)
class InvitationAdmin(FilteredByColumnsOnly):
    form = forms.InviteForm
    list_display = ["email", "role", "state_shown", "invited_by", "expires_at", "accepted_by"]
    list_filter = ["role"]
    list_select_related = ["invited_by", "accepted_by"]
    search_fields = ["email"]
    actions = ["renew", "withdraw"]

    def get_fieldsets(self, request: HttpRequest, obj: Invitation | None = None) -> list:
        facts = ["state_shown", "invited_by", "created_at", "expires_at", "accepted_at", "accepted_by"]
        return [(None, {"fields": ["email", "role", *(facts if obj else [])]})]

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False

    def has_invite_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.change_invitation")

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        if change:
            raise PermissionDenied
        _invite(request, obj)

    @admin.display(description=_("state"))
    def state_shown(self, invitation: Invitation) -> str:
        return str(Invitation.State(invitation.state).label)

    @admin.action(description=_("Send again"), permissions=["invite"], location=BOTH)
    def renew(self, request: HttpRequest, invitations: Any) -> None:
        for invitation in invitations.waiting():
            _invite(request, invitation)
            self.log_change(request, invitation, _("Sent again."))

    @admin.action(description=_("Withdraw"), permissions=["invite"], location=BOTH)
    def withdraw(self, request: HttpRequest, invitations: Any) -> None:
        for invitation in invitations.waiting():
            invitation.withdraw()
            self.log_change(request, invitation, _("Withdrawn."))
            messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation})


def _invite(request: HttpRequest, invitation: Invitation) -> None:
    link = invitation.renew(_whoever(request))
    _send(request, mails.invitation_mail(invitation, link), link)


def _send(request: HttpRequest, mail: mails.EmailMessage, link: str) -> None:
    """Send a link and show it this once, for an office without a mail server of its own."""
    try:
        mail.send()
    except Exception:
        log.exception("A mail could not be sent.")
        said = gettext(
            "The mail to {address} could not be sent. Hand over this link yourself, shown only now: {link}"
        )
        messages.warning(request, _with_link(said, mail, link))
    else:
        said = gettext("A mail to {address} is on its way. Its link, shown only now: {link}")
        messages.success(request, _with_link(said, mail, link))


def _with_link(text: str, mail: mails.EmailMessage, link: str) -> SafeString:
    return format_html(text, address=mail.to[0], link=format_html("<code>{}</code>", link))


@admin.register(AccessAttempt)
class LockedOutAdmin(FilteredByColumnsOnly):
    """Failed attempts to sign in; deleting one lets its person try again at once."""

    list_display = ["attempt_time", "username", "ip_address", "failures_since_start"]
    fields = ["attempt_time", "username", "ip_address", "user_agent", "failures_since_start"]
    search_fields = ["username", "ip_address"]
    ordering = ["-attempt_time", "-pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AccessAttempt | None = None) -> bool:
        return False
