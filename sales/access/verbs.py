"""The verbs of access: logins are made, changed and deactivated, never deleted; seats are confirmed or withdrawn.

Whether the agent that a login acts for exists is for the caller to know: the registry lies above this room.
"""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from sales.access.actor import Actor
from sales.access.models import Login, Seat
from sales.refusal import Refusal


class LoginRefused(Refusal):
    """The login can't be made or changed like this."""

    code = "login_refused"


class SeatRefused(Refusal):
    """The seat can't be confirmed or withdrawn."""

    code = "seat_refused"


def _check_password(password: str, login: Login) -> None:
    try:
        validate_password(password, login)
    except ValidationError as fault:
        raise LoginRefused(" ".join(fault.messages)) from fault


@transaction.atomic
def create_login(
    *,
    username: str,
    password: str,
    first_name: str = "",
    last_name: str = "",
    acts_for: str = "",
    console: bool = False,
) -> Login:
    """Make a login. ``console`` opens the console, where everything is seen, so its operators are superusers.

    Raises:
        LoginRefused: the name is taken, or the password is too weak.
    """
    if Login.objects.filter(username__iexact=username).exists():
        raise LoginRefused(f"There is a login '{username}' already. Choose another name, or activate that one.")
    login = Login(
        username=username,
        first_name=first_name,
        last_name=last_name,
        acts_for=acts_for,
        is_staff=console,
        is_superuser=console,
    )
    _check_password(password, login)
    login.set_password(password)
    login.save(force_insert=True)
    return login


@transaction.atomic
def change_login(
    login: Login, *, by: Actor, first_name: str, last_name: str, acts_for: str, console: bool, active: bool
) -> Login:
    """Change whom a login acts for and what it opens, or deactivate it.

    Raises:
        LoginRefused: one's own login can't be shut out of the console.
    """
    if login.username == by.operator and not (console and active):
        raise LoginRefused("You can't shut yourself out. Ask another operator of the console to do it.")
    login.first_name, login.last_name, login.acts_for = first_name, last_name, acts_for
    login.is_staff = login.is_superuser = console
    login.is_active = active
    login.save(update_fields=["first_name", "last_name", "acts_for", "is_staff", "is_superuser", "is_active"])
    return login


@transaction.atomic
def set_password(login: Login, *, password: str) -> None:
    """Give a login a new password.

    Raises:
        LoginRefused: the password is too weak.
    """
    _check_password(password, login)
    login.set_password(password)
    login.save(update_fields=["password"])


@transaction.atomic
def decide_seat(seat: Seat, *, state: str, by: Actor, now: datetime) -> None:
    """Confirm or withdraw a seat; the row is signed by who decided.

    Raises:
        SeatRefused: it isn't a decision, or the seat has that state already.
    """
    if state not in (Seat.State.CONFIRMED, Seat.State.WITHDRAWN):
        raise SeatRefused("A seat is confirmed or withdrawn. Choose one of them.")
    changed = Seat.objects.filter(pk=seat.pk).exclude(state=state).update(state=state, since=now, **by.signature())
    if not changed:
        raise SeatRefused(f"{seat} is {Seat.State(state).label.lower()} already.")


@transaction.atomic
def grant_seat(*, agent_key: str, agent_name: str, role: str, region_key: str, by: Actor, now: datetime) -> Seat:
    """Give an agent a seat that owner and team don't give it, such as finance; it needs no second confirmation.

    Raises:
        SeatRefused: there is such a seat already.
    """
    if Seat.objects.filter(agent_key=agent_key, role=role, region_key=region_key).exists():
        raise SeatRefused(f"{agent_name} has or had this seat already. Confirm that one.")
    return Seat.objects.create(
        agent_key=agent_key,
        agent_name=agent_name,
        role=role,
        region_key=region_key,
        state=Seat.State.CONFIRMED,
        since=now,
        **by.signature(),
    )
