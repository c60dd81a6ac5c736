"""What a design store says, as frozen values. Amounts are integers in ISO 4217 minor units."""

from dataclasses import dataclass

from carolverse.sources.rows import RowFault as RowFault


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """A price that may be named to a customer; `per` says for what: once, month, …"""

    label: str
    amount_minor: int
    currency: str
    per: str


@dataclass(frozen=True, slots=True)
class DesignFacts:
    """What may be said about one service, in the order in which the store says it."""

    service: str
    design_type: str
    status: str
    facts: tuple[str, ...]
    prices: tuple[PriceFacts, ...]
    check_subscription_first: bool
    hand_off_to: str | None
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DesignsFacts:
    """One good read, by service and type. A fault's key is the service's; `digest` covers both tables."""

    source: str
    designs: tuple[DesignFacts, ...]
    faults: tuple[RowFault, ...]
    digest: str
    etag: str | None = None
