"""What Django says on our desk and its own catalogues lack: marked here, our catalogues have it."""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

BORROWED = (
    _("- Select an option -"),
    _("Filter by %(field_name)s"),
    _("No %s matches the given query."),
    _("Norwegian"),
    _("Norwegian Bokmal"),
    ngettext_lazy("…and %(count)d more object.", "…and %(count)d more objects."),
)
