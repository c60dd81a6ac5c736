"""Which roles a login has: those of the confirmed seats of the agent that it acts for, never parsed from titles.

A seat that the sync only proposed gives nothing: the registry names teams, a person decides who may look.

This is the spine's part of the policy; role × verb × scope comes with the agents' workspace.
"""

from dataclasses import dataclass

from sales.access.models import Login, Seat

CONTROL = frozenset({Seat.Role.SALES_OWNER, Seat.Role.FINANCE, Seat.Role.AUDITOR, Seat.Role.OPERATOR})
REGIONAL = frozenset({Seat.Role.REGIONAL_HEAD, Seat.Role.REGIONAL_AGENT})
ORDER = [role.value for role in Seat.Role]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a login may stand for: its seats' roles, and the regions where it has a regional one."""

    roles: frozenset[str]
    regions: frozenset[str]

    @property
    def sees_all(self) -> bool:
        """Whether every region's figures are its business."""
        return bool(self.roles & CONTROL)

    @property
    def is_regional(self) -> bool:
        return bool(self.roles & REGIONAL)

    @property
    def words(self) -> str:
        """The first role, as people read it, with its region."""
        first = next((role for role in ORDER if role in self.roles), "")
        label = Seat.Role(first).label if first else "No seat yet"
        return f"{label}, {', '.join(sorted(self.regions))}" if first in REGIONAL and self.regions else label


def standing_of(login: Login) -> Standing:
    """The standing of a login now. A superuser is an operator."""
    seats = Seat.objects.filter(agent_key=login.acts_for, state=Seat.State.CONFIRMED) if login.acts_for else []
    roles = {seat.role for seat in seats} | ({Seat.Role.OPERATOR.value} if login.is_superuser else set())
    regions = {seat.region_key for seat in seats if seat.role in REGIONAL and seat.region_key}
    return Standing(roles=frozenset(roles), regions=frozenset(regions))
