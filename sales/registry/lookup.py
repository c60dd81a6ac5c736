"""Finding a service by its key, and saying which key was probably meant."""

from difflib import get_close_matches

from sales.refusal import Refusal
from sales.registry.models import Service


class UnregisteredService(Refusal):
    """The key is not in the registry: nothing can be sold under it (R3, R38)."""

    code = "unregistered_service"


def nearest(key: str, known: list[str]) -> str:
    """The known key that resembles most, or nothing."""
    plain = {"".join(character for character in name if character.isalnum()).casefold(): name for name in known}
    folded = "".join(character for character in key if character.isalnum()).casefold()
    if folded in plain:
        return plain[folded]
    close = get_close_matches(folded, list(plain), n=1, cutoff=0.6)
    return plain[close[0]] if close else ""


def unregistered(key: str, known: list[str]) -> UnregisteredService:
    """The refusal for an unknown key, with the nearest one and the next step."""
    hint = f" Nearest key: '{near}'." if (near := nearest(key, known)) else ""
    return UnregisteredService(
        f"Service '{key}' is not registered.{hint} Use a registered key, add an alias to the mapping, or sync the"
        " registry."
    )


def find_service(key: str) -> Service:
    """The service of a key.

    Raises:
        UnregisteredService: no such key; the sentence names the nearest.
    """
    service = Service.objects.filter(key=key).first()
    if service is None:
        raise unregistered(key, list(Service.objects.values_list("key", flat=True)))
    return service
