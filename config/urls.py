from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.urls import admin_doors
from reading.urls import machines

handler400 = "reading.errors.bad_request"
handler403 = "reading.errors.permission_denied"
handler404 = "reading.errors.page_not_found"
handler500 = "config.middleware.server_error"

urlpatterns = [
    *machines,
    path("accounts/", include("accounts.urls")),
    *admin_doors,
    path("admin/r/<path:record>/", RedirectView.as_view()),  # gone: our forms link to pages directly
    path("admin/", admin.site.urls),
    *i18n_patterns(path("", include("reading.urls")), prefix_default_language=False),
]
