"""Who may do what on the desk, and the invitations by which people come to it."""

import datetime
import hashlib
import secrets
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

INVITATION_DAYS = 7
_signer = signing.Signer(salt="accounts.invitation", sep=".")


class UserQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def keepers(self) -> Self:
        """Those who can let others in: without one of them nobody could."""
        return self.active().filter(Q(role=User.Role.ADMINISTRATOR) | Q(is_superuser=True))


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False

    def make(
        self, username: str, email: str, role: str, password: str | None = None, **fields: Any
    ) -> "User":
        """Create a user, validated as by a form; without a password nobody can sign in yet."""
        user = User(username=username, email=self.normalize_email(email), role=role, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_user(  # type: ignore[override]
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        return self.make(username, email or "", fields.pop("role", User.Role.CONTRIBUTOR), password, **fields)

    def create_superuser(  # type: ignore[override]
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        fields |= {"is_superuser": True}
        return self.make(username, email or "", User.Role.ADMINISTRATOR, password, **fields)


class User(AbstractUser):
    class Role(models.TextChoices):
        CONTRIBUTOR = "contributor", _("contributor")
        EDITOR = "editor", _("editor")
        ADMINISTRATOR = "administrator", _("administrator")

    # What a user may do follows from the role alone (accounts.roles); a name is one field, in its own order.
    groups = None  # type: ignore[assignment]
    user_permissions = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=150, blank=True)
    email = models.EmailField(_("email address"))
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.CONTRIBUTOR)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Who is not active cannot sign in.")
    )
    language = models.CharField(
        _("language of the desk"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="accounts_user_username_unique",
                violation_error_message=_("There is already a user with this username."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_unique",
                violation_error_message=_("There is already a user with this email address."),
            ),
            models.CheckConstraint(condition=~Q(email=""), name="accounts_user_has_an_email"),
            models.CheckConstraint(
                condition=Q(role__in=["contributor", "editor", "administrator"]),
                name="accounts_user_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def is_staff(self) -> bool:  # type: ignore[override]
        """The desk is Django's admin: every role works there."""
        return self.is_active

    @property
    def is_keeper(self) -> bool:
        return self.is_active and (self.is_superuser or self.role == self.Role.ADMINISTRATOR)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def may_manage(self, other: "User") -> bool:
        """Administrators manage everybody but superusers, whom only superusers touch."""
        return self.is_keeper and (self.is_superuser or not other.is_superuser)

    def change_role(self, role: str) -> None:
        with transaction.atomic():
            if role != self.Role.ADMINISTRATOR and not self.is_superuser:
                self.refuse_if_last_keeper()
            self.role = role
            self.save(update_fields=["role"])

    def deactivate(self) -> None:
        with transaction.atomic():
            self.refuse_if_last_keeper()
            self.is_active = False
            self.save(update_fields=["is_active"])

    def reactivate(self) -> None:
        self.is_active = True
        self.save(update_fields=["is_active"])

    def refuse_if_last_keeper(self) -> None:
        """Raise ValidationError if nobody else could manage users; other such changes wait meanwhile."""
        keepers = set(User.objects.keepers().select_for_update().order_by("pk").values_list("pk", flat=True))
        if keepers == {self.pk}:
            raise ValidationError(
                _("%(user)s is the last active administrator: make somebody else an administrator first."),
                code="last_keeper",
                params={"user": self},
            )


class InvitationQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self) -> Self:
        return self.waiting().filter(expires_at__gt=timezone.now())

    def by_token(self, token: str) -> Self:
        """The invitation of this link, whatever its state; none for a token that was not signed here."""
        try:
            secret = _signer.unsign(token)
        except signing.BadSignature:
            return self.none()
        return self.filter(token_hash=_digest(secret))


class Invitation(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")

    email = models.EmailField(_("email address"))
    role = models.CharField(_("role"), max_length=16, choices=User.Role, default=User.Role.CONTRIBUTOR)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("invited at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires at"), editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="invitation",
        verbose_name=_("accepted by"),
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="accounts_invitation_one_a_person",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, withdrawn_at=None),
                name="accounts_invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["contributor", "editor", "administrator"]),
                name="accounts_invitation_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        if User.objects.filter(email__iexact=self.email).exists():
            raise ValidationError({"email": _("There is already a user with this email address.")})
        if Invitation.objects.waiting().exclude(pk=self.pk).filter(email__iexact=self.email).exists():
            raise ValidationError({"email": _("This person is already invited: send that invitation again.")})

    @property
    def state(self) -> str:
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        return self.State.OPEN if self.expires_at > timezone.now() else self.State.EXPIRED

    def renew(self, by: User) -> str:
        """Make a new link, end the old one, and return the new one: only its digest is kept.

        The link holds only while whoever gave it may invite.
        """
        secret = secrets.token_urlsafe(32)
        self.invited_by = by
        self.token_hash = _digest(secret)
        self.expires_at = timezone.now() + datetime.timedelta(days=INVITATION_DAYS)
        self.save()
        return settings.SITE_URL + reverse("accounts:invitation", args=[_signer.sign(secret)])

    def accept(self, user: User) -> None:
        self.accepted_by = user
        self.accepted_at = timezone.now()
        self.save(update_fields=["accepted_by", "accepted_at"])

    def withdraw(self) -> None:
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at"])


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
