"""The one Django app of the house."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "sales"
    verbose_name = "Sales"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the sync read the sample organisation, which lies above it."""
        from sales.management.demo.source import SCHEME, read_demo
        from sales.registry.sources import register

        register(SCHEME, read_demo)
