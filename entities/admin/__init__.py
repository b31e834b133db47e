from django.contrib import admin
from taggit import admin as _taggit_admin  # noqa: F401 (registers its own tag, which we do not use)
from taggit.models import Tag as _UnusedTag

from . import agreements, countries, names, organisations, people, sources, tags  # noqa: F401

admin.site.unregister(_UnusedTag)
