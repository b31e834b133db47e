from django.urls import path

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
