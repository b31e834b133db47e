from django.urls import path
from django.views.generic import RedirectView

from . import views

app_name = "accounts"

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("profile/", views.Profile.as_view(), name="profile"),
    path("password/", views.ChangePassword.as_view(), name="password-change"),
    path("reset/", views.AskForReset.as_view(), name="password-reset"),
    path("reset/sent/", views.ResetSent.as_view(), name="password-reset-sent"),
    path("reset/<uidb64>/<token>/", views.ChooseNewPassword.as_view(), name="password-reset-confirm"),
    path("invitation/<token>/", views.AcceptInvitation.as_view(), name="invitation"),
]

# In place of the admin's own pages for these, which know neither the limits nor the look of ours.
admin_doors = [
    path("admin/login/", RedirectView.as_view(pattern_name="accounts:login", query_string=True)),
    path("admin/logout/", views.SignOut.as_view()),
    path("admin/password_change/", RedirectView.as_view(pattern_name="accounts:password-change")),
    path("admin/password_change/done/", RedirectView.as_view(pattern_name="accounts:profile")),
]
