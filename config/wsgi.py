import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
if settings.EMBEDDED_DATABASE:
    settings.EMBEDDED_POSTGRES.start()
application = get_wsgi_application()
