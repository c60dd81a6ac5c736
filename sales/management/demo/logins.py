"""The demo's logins and their seats. Passwords are made at random, told once, and kept as hashes only."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sales.access.actor import Actor
from sales.access.models import Login, Seat
from sales.access.roles import standing_of
from sales.access.verbs import create_login, decide_seat, grant_seat
from sales.management.demo.plan import DemoLogin
from sales.registry.models import Agent

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A login with its password, to be told once."""

    username: str
    password: str
    role: str


def new_password() -> str:
    """Three groups of four: about sixty bits, and no character that resembles another."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def seat(logins: tuple[DemoLogin, ...], *, by: Actor, now: datetime) -> None:
    """Confirm the seats that the sync proposed for these logins' agents; grant those that it couldn't know."""
    for told in {told.acts_for: told for told in logins}.values():
        for proposed in Seat.objects.filter(agent_key=told.acts_for, state=Seat.State.PROPOSED):
            wrong = bool(told.role) and proposed.role != told.role
            decide_seat(proposed, state=Seat.State.WITHDRAWN if wrong else Seat.State.CONFIRMED, by=by, now=now)
        if told.role:
            name = Agent.objects.get(key=told.acts_for).name
            grant_seat(agent_key=told.acts_for, agent_name=name, role=told.role, region_key="", by=by, now=now)


def sign_up(logins: tuple[DemoLogin, ...]) -> list[tuple[Login, str]]:
    """Make the logins, in the plan's order, each with its password.

    Raises:
        LoginRefused: one of the names is taken.
    """
    made = []
    for told in logins:
        password = new_password()
        login = create_login(
            username=told.username,
            password=password,
            first_name=told.first_name,
            last_name=told.last_name,
            acts_for=told.acts_for,
            console=told.console,
        )
        made.append((login, password))
    return made


def credentials(signed_up: list[tuple[Login, str]]) -> list[Credentials]:
    """What is told of them, once they have their seats."""
    return [Credentials(login.username, password, _role(login)) for login, password in signed_up]


def _role(login: Login) -> str:
    """What the login is for; an operator's agent has a seat of its own, which another login has too."""
    return "Operator of the console" if login.is_superuser else standing_of(login).words
