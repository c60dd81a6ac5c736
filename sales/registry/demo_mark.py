"""The mark of a demo database: its registry was read from the sample. A marked database refuses any other registry."""

from sales.registry.models import RegistrySync

PREFIX = "demo:"


def is_demo() -> bool:
    """Whether this database holds the sample organisation."""
    return RegistrySync.objects.filter(source__startswith=PREFIX).exclude(outcome="refused").exists()
