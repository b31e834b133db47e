"""Signing in and out, passwords, the profile, what is behind an invitation: never shared, never indexed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth import views as auth_views
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, UpdateView, View

from . import forms
from .models import Invitation, User


class PrivatePage(View):
    """No cache or search engine keeps it. Who has not signed in reads it in the browser's language."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_anonymous:
            translation.activate(translation.get_language_from_request(request))
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Content-Language"] = translation.get_language()
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"  # addresses here may hold a secret
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        add_never_cache_headers(response)
        return response


class SignIn(PrivatePage, auth_views.LoginView):
    template_name = "accounts/login.html"
    authentication_form = forms.SignInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect(self._onward())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Django names the site after the Host header here; ours has a name in the settings."""
        context = super().get_context_data(**kwargs)
        return {name: value for name, value in context.items() if name not in ("site", "site_name")}

    def _onward(self) -> str:
        """Where to go; never back here, whatever `next` says."""
        onward = self.get_success_url()
        return self.get_default_redirect_url() if onward.startswith(self.request.path) else onward


class SignOut(PrivatePage, auth_views.LogoutView):  # type: ignore[misc]
    http_method_names = ["post"]


class Profile(PrivatePage, LoginRequiredMixin, UpdateView):
    template_name = "accounts/profile.html"
    form_class = forms.ProfileForm
    success_url = reverse_lazy("accounts:profile")

    def get_object(self, queryset: Any = None) -> User:
        return User.objects.get(
            pk=self.request.user.pk
        )  # a copy: a refused form must not change the masthead

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        with translation.override(self.object.language):
            messages.success(self.request, str(_("Your profile is saved.")))
        return response


class ChangePassword(PrivatePage, auth_views.PasswordChangeView):
    template_name = "accounts/password_change.html"
    form_class = forms.ChangePasswordForm
    success_url = reverse_lazy("accounts:profile")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, str(_("Your password is changed. Other sessions of yours are ended.")))
        return super().form_valid(form)


class AskForReset(PrivatePage, FormView):
    template_name = "accounts/password_reset.html"
    form_class = forms.AskForResetForm
    success_url = reverse_lazy("accounts:password-reset-sent")

    def form_valid(self, form: forms.AskForResetForm) -> HttpResponse:
        form.send_links()
        return super().form_valid(form)


class ResetSent(PrivatePage, TemplateView):
    template_name = "accounts/password_reset_sent.html"


class ChooseNewPassword(PrivatePage, auth_views.PasswordResetConfirmView):
    template_name = "accounts/password_reset_confirm.html"
    form_class = forms.NewPasswordForm
    success_url = reverse_lazy("accounts:login")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, str(_("Your new password is set. Sign in with it.")))
        return super().form_valid(form)


class AcceptInvitation(PrivatePage, FormView):
    template_name = "accounts/invitation.html"
    form_class = forms.AcceptInvitationForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.invitation = (
            Invitation.objects.open().by_token(kwargs["token"]).select_related("invited_by").first()
        )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self._holds() else self._gone()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self._holds() else self._gone()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"invitation": self.invitation}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"invitation": self.invitation}

    def form_valid(self, form: forms.AcceptInvitationForm) -> HttpResponse:
        user = form.save()
        if user is None:  # used or withdrawn while this form was open
            return self._gone()
        login(self.request, user, backend="accounts.backends.RoleBackend")
        return HttpResponseRedirect(resolve_url("admin:index"))

    def _holds(self) -> bool:
        return self.invitation is not None and self.invitation.invited_by.has_perm("accounts.add_invitation")

    def _gone(self) -> HttpResponse:
        """One answer for a link that is used, withdrawn, too old or made up."""
        return self.response_class(
            request=self.request,
            template=["accounts/invitation_gone.html"],
            context={},
            using=None,
            status=410,
        )
