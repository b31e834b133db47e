from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("people on the desk")

    def ready(self) -> None:
        apps.get_app_config("axes").verbose_name = _("failed sign-ins")
