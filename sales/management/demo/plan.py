"""What the demo's plan says, as frozen values: how many, how often, how fast, and who signs in. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from sales.management.demo.facts import Reason


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Of so many wins one is cancelled, so many days after its booking; some are sold again."""

    in_hold_each: int
    in_hold_days: int
    after_release_each: int
    after_release_days: int
    sold_again_days: int


@dataclass(frozen=True, slots=True)
class Retired:
    """The service that left the registry: when, when it got its last lead, and why what was open then was lost."""

    service: str
    days_ago: int
    last_lead_days_ago: int
    left_over_customer: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class LateTerms:
    """Terms of one service and currency that became known late."""

    service: str
    currency: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class Opening:
    """How a first contact comes about."""

    channel: str
    direction: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A lead of the last days that nobody has worked on."""

    service: str
    days_ago: int
    customer: str = ""
    assigned: bool = False


@dataclass(frozen=True, slots=True)
class SureSale:
    """A sale that the demo always shows."""

    service: str
    customer: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """Somebody who signs in, for whom, and the role of a seat that owner and team don't give."""

    username: str
    acts_for: str
    first_name: str = ""
    last_name: str = ""
    console: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """All of it. ``chances`` are hundredths, ``pace`` least and most days, ``seasons`` weights of the months."""

    seed: str
    days: int
    leads: int
    growth: float
    seasons: tuple[float, ...]
    chances: Mapping[str, int]
    pace: Mapping[str, tuple[int, int]]
    cancelled: Cancelled
    retired: Retired
    late_terms: LateTerms
    openings: Mapping[str, Opening]
    waiting: tuple[Waiting, ...]
    sure: tuple[SureSale, ...]
    logins: tuple[DemoLogin, ...]


def load_plan() -> DemoPlan:
    """The plan as its file has it."""
    told: dict[str, Any] = tomllib.loads(files("sales.management.demo").joinpath("plan.toml").read_text("utf-8"))
    retired = told["retired"]
    return DemoPlan(
        seed=told["seed"],
        days=told["days"],
        leads=told["leads"],
        growth=told["growth"],
        seasons=tuple(told["seasons"]),
        chances=told["chances"],
        pace={name: (least, most) for name, (least, most) in told["pace"].items()},
        cancelled=Cancelled(**told["cancelled"]),
        retired=Retired(**retired | {"reason": Reason(**retired["reason"])}),
        late_terms=LateTerms(**told["late_terms"]),
        openings={key: Opening(**row) for key, row in told["openings"].items()},
        waiting=tuple(Waiting(**row) for row in told["waiting"]),
        sure=tuple(SureSale(**row) for row in told["sure"]),
        logins=tuple(DemoLogin(**row) for row in told["login"]),
    )
