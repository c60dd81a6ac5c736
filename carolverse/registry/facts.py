"""What a registry says, as frozen values: one dataclass per table.

Not models and not policy: a fact here was readable, which doesn't make it acceptable. Whether an owner
exists, or a service may be sold, is for `sales.registry` to decide. Amounts are integers in ISO 4217 minor
units.
"""

from dataclasses import dataclass
from datetime import date, datetime

from carolverse.sources.rows import RowFault as RowFault


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """A sales region; `countries` are ISO 3166-1 alpha-2 codes."""

    key: str
    name: str
    countries: tuple[str, ...]
    currency: str | None = None
    timezone: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class AgentFacts:
    """A member of the organisation; `is_agent` is false for a human or a tool, which may own no service."""

    key: str
    name: str
    outside_id: str | None
    title: str | None
    department: str | None
    region: str | None
    reports_to: str | None
    is_agent: bool
    status: str


@dataclass(frozen=True, slots=True)
class Band:
    """One marginal band of a commission; `up_to_minor` is None in the last, which has no end."""

    up_to_minor: int | None
    rate_bp: int


@dataclass(frozen=True, slots=True)
class TermsFacts:
    """One dated version of a service's commission in one currency: a flat rate or bands, never both.

    The defaults are what a field means that the feed lacks (LEDGER.md, "Terms and commission").
    """

    currency: str
    starts: date
    rate_bp: int | None
    bands: tuple[Band, ...] = ()
    fixed_minor: int = 0
    floor_minor: int = 0
    cap_minor: int | None = None
    scope: str = "win"
    base: str = "list"
    instalments: int = 1
    hold_days: int = 0
    rounding: str = "HALF_UP"
    sample: bool = False


@dataclass(frozen=True, slots=True)
class TeamMember:
    """An agent in a service's team; its role is "support" where the feed names none."""

    agent: str
    role: str = "support"


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A service of the catalogue, with its team and its readable terms, by currency and start."""

    key: str
    name: str
    owner: str | None
    category: str | None
    status: str | None
    cost_center: str | None
    sellable: bool
    team: tuple[TeamMember, ...] = ()
    list_price_minor: int | None = None
    currency: str | None = None
    terms: tuple[TermsFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockFacts:
    """A step of the pipeline and the agent that answers for it."""

    key: str
    owner: str | None
    parent_service: str | None
    position: int | None


@dataclass(frozen=True, slots=True)
class DroidFacts:
    """A registered worker that an agent owns."""

    key: str
    name: str
    owner: str | None
    block: str | None
    process_type: str | None
    schedule: str | None


@dataclass(frozen=True, slots=True)
class RegistryFacts:
    """One good read, each table in the order of its keys.

    A fault in the table "terms" or "team" has the service's key. `digest` covers the tables and the faults,
    without `generated_at` and the source.
    """

    source: str
    generated_at: datetime | None
    regions: tuple[RegionFacts, ...]
    agents: tuple[AgentFacts, ...]
    services: tuple[ServiceFacts, ...]
    blocks: tuple[BlockFacts, ...]
    droids: tuple[DroidFacts, ...]
    faults: tuple[RowFault, ...]
    digest: str
    etag: str | None = None
