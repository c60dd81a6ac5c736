"""Django's admin with our own site: who may enter and what a reader may open is decided there."""

from django.contrib.admin.apps import AdminConfig


class ConsoleConfig(AdminConfig):
    default_site = "carolverse.console_site.ConsoleSite"
