"""The letters of accounts. Their links begin with SITE_URL, never with what a request calls the host."""

import logging
import threading

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext

from .models import INVITATION_DAYS, Invitation, User

log = logging.getLogger(__name__)
BACKGROUND = "mail in background"


def new_password_link(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("accounts:password-reset-confirm", args=[uid, default_token_generator.make_token(user)])
    return settings.SITE_URL + path


def new_password_mail(user: User) -> EmailMessage:
    with translation.override(user.language):
        context = {
            "user": user,
            "link": new_password_link(user),
            "site": settings.SITE_NAME,
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        }
        return EmailMessage(
            gettext("A new password for %(site)s") % {"site": settings.SITE_NAME},
            render_to_string("accounts/mail/new_password.txt", context),
            to=[user.email],
        )


def invitation_mail(invitation: Invitation, link: str) -> EmailMessage:
    context = {"invitation": invitation, "link": link, "site": settings.SITE_NAME, "days": INVITATION_DAYS}
    return EmailMessage(
        gettext("You are invited to %(site)s") % {"site": settings.SITE_NAME},
        render_to_string("accounts/mail/invitation.txt", context),
        to=[invitation.email],
    )


def in_background(mail: EmailMessage) -> threading.Thread:
    """Send while the visitor already reads the answer: its delay would tell a known address from others."""
    thread = threading.Thread(target=_send, args=[mail], name=BACKGROUND)
    thread.start()
    return thread


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except Exception:
        log.exception("A mail could not be sent.")
