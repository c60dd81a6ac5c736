"""Who acts: turns an agent's key, and a login or droid, into an Actor with the names of the day."""

from django.conf import settings

from sales.access.actor import Actor
from sales.access.models import Login
from sales.refusal import Refusal
from sales.registry.models import Agent, Service


class UnknownAgent(Refusal):
    """The key names no agent of the registry."""

    code = "unknown_agent"


class NobodyOwnsSales(Refusal):
    """No agent was named, and the owner of Sales, who would act, isn't known."""

    code = "nobody_owns_sales"


def sales_owner_key() -> str:
    """Key of the agent that owns Sales; empty before the first sync."""
    owner = Service.objects.filter(key=settings.SALES_SERVICE).values_list("owner_id", flat=True).first()
    return owner or ""


def actor_for(agent_key: str = "", *, channel: str, login: Login | None = None, vacant: bool = False) -> Actor:
    """The Actor for an agent; without a key the owner of Sales, and before the first sync Sales itself.

    ``vacant`` lets Sales itself act while the registry gives it no owner: for reading, and for the sync that ends it.

    Raises:
        UnknownAgent: the key is not in the registry.
        NobodyOwnsSales: no key was given, and the registry names no owner of Sales.
    """
    operator = {"operator": login.username, "operator_name": login.display_name} if login else {}
    key = agent_key or sales_owner_key()
    if not key and (vacant or not Agent.objects.exists()):
        return Actor(agent=settings.SALES_SERVICE, agent_name=settings.ORGANISATION_NAME, channel=channel, **operator)
    if not key:
        raise NobodyOwnsSales(
            f"Nobody owns Sales: the registry gives its service '{settings.SALES_SERVICE}' no owner. Name the agent who"
            " acts (a command's --as), set SALES_SERVICE to the right key, or give it an owner at the source and sync."
        )
    agent = Agent.objects.filter(key=key).first()
    if agent is None:
        raise UnknownAgent(f"No agent '{key}' in the registry. Use a key from the agents' page, or sync the registry.")
    return Actor(agent=agent.key, agent_name=agent.name, channel=channel, **operator)
