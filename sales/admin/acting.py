"""Who acts in the console: the operator who is signed in, for the agent that the login names (DESIGN section 4)."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from sales.access.actor import Actor
from sales.access.models import Login
from sales.refusal import Refusal
from sales.registry.actors import actor_for
from sales.registry.models import Agent


class ActsForNobody(Refusal):
    """The login names no agent."""

    code = "acts_for_nobody"


def login_of(request: HttpRequest) -> Login:
    """The login of a signed-in request; the console lets nobody else in."""
    if not isinstance(request.user, Login):
        raise ActsForNobody("You are not signed in. Sign in, then repeat your step.")
    return request.user


def actor_of(request: HttpRequest, *, vacant: bool = False) -> Actor:
    """The actor that verbs get as ``by``. Without an agent of its own a superuser acts for the owner of Sales.

    ``vacant`` as in ``actor_for``: the sync may run while nobody owns Sales, because it is what ends that.

    Raises:
        ActsForNobody: the login names no agent and isn't a superuser's.
        UnknownAgent: the login names an agent that the registry doesn't know.
    """
    login = login_of(request)
    if not login.acts_for and not login.is_superuser:
        raise ActsForNobody("Your login acts for no agent. Ask the owner of Sales to name one on your login.")
    return actor_for(login.acts_for, channel="console", login=login, vacant=vacant)


def acts_as(login: Login, *, owner_name: str) -> str:
    """Whom one acts as, in words, for the header: one statement, or none for the owner of Sales."""
    agent = owner_name if login.is_superuser else ""
    if login.acts_for:
        agent = Agent.objects.filter(key=login.acts_for).values_list("name", flat=True).first() or ""
    return f"{agent} · by {login.display_name}" if agent else f"{login.display_name}, for no agent"


def now() -> datetime:
    """The time that pages pass to verbs."""
    return timezone.now()
