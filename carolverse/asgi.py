"""The ASGI entry point. It refuses to serve without a key of its own: sessions would end at every restart."""

import os
import sys

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carolverse.settings")
application = get_asgi_application()

from django.conf import settings  # noqa: E402 - only readable once Django is set up.

if not settings.SECRET_KEY_IS_KEPT:
    sys.exit("SECRET_KEY is not set. Set it in the environment, or start the site with `make run`.")
