"""The second-person rule: who may approve what somebody else does with money (LEDGER.md, Second person). Pure."""

from collections.abc import Collection

from sales.access.actor import Actor
from sales.refusal import Refusal


class NeedsSecondPerson(Refusal):
    """The approver acts, benefits or owes."""

    code = "needs_second_person"


def check_second_person(*, by: Actor, approver: Actor, credited: Collection[str], owner: str) -> None:
    """Refuse an approver who is the actor, is credited on the win, or owns its service.

    Raises:
        NeedsSecondPerson: with the reason and who may approve instead.
    """
    if approver.is_same_person_as(by):
        raise NeedsSecondPerson(f"{approver.agent_name} can't approve its own step. Ask somebody else to approve.")
    if approver.agent in credited:
        raise NeedsSecondPerson(f"{approver.agent_name} is credited on this win. Ask somebody else to approve.")
    if approver.agent == owner:
        raise NeedsSecondPerson(f"{approver.agent_name} owns the service. Ask somebody else to approve.")
