"""Reads one design from its row: what it holds is passed on as it is written, never rephrased."""

from urllib.parse import urlsplit

from carolverse.designs.facts import DesignFacts, PriceFacts
from carolverse.sources import fields
from carolverse.sources.errors import Unreadable
from carolverse.sources.fields import Row

MAX_FACT_LENGTH = 2_000
MAX_URL_LENGTH = 500


def design(service: str, row: Row) -> DesignFacts:
    """One design of a service."""
    return DesignFacts(
        service=service,
        design_type=fields.text(row, "design_type"),
        status=fields.text(row, "status"),
        facts=fields.texts(row, "facts", limit=MAX_FACT_LENGTH),
        prices=tuple(_price(price) for price in fields.objects(row, "prices")),
        check_subscription_first=fields.flag(row, "check_subscription_first", default=False),
        hand_off_to=fields.optional_key(row, "hand_off_to"),
        urls=_urls(row),
    )


def _price(row: Row) -> PriceFacts:
    return PriceFacts(
        label=fields.text(row, "label"),
        amount_minor=fields.minor(row, "amount_minor"),
        currency=fields.currency(row),
        per=fields.text(row, "per"),
    )


def _urls(row: Row) -> tuple[str, ...]:
    """The pages; only https, because they are shown to customers as links."""
    urls = fields.texts(row, "urls", limit=MAX_URL_LENGTH)
    for url in urls:
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise Unreadable(f"urls holds an address that can't be read: {url[:40]!a}.") from error
        if parts.scheme != "https" or not parts.netloc:
            raise Unreadable(f"urls must hold https addresses, not {url[:40]!a}.")
    return urls
