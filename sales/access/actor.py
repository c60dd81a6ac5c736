"""Who does something: a frozen value that every verb gets as ``by=``.

An operator is a human with a login who acts *for* an agent; both are recorded, with the names of the day, because
ids have been used again for somebody else (DESIGN section 4).
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Actor:
    """The accountable agent, and the operator or droid through which it acted."""

    agent: str
    agent_name: str
    operator: str = ""
    operator_name: str = ""
    droid: str = ""
    run: str = ""
    channel: str = "command"

    @property
    def label(self) -> str:
        """``agent/operator``, as the ledger's rows cite it."""
        return f"{self.agent}/{self.operator}" if self.operator else self.agent

    @property
    def words(self) -> str:
        """As people read it: the agent first, then the droid or the operator."""
        if self.droid:
            return f"{self.agent_name} by droid {self.droid}"
        return f"{self.agent_name} · by {self.operator_name}" if self.operator_name else self.agent_name

    def signature(self) -> dict[str, Any]:
        """The columns of ``Signed``, ready for a row."""
        return {
            "by_agent": self.agent,
            "by_agent_name": self.agent_name,
            "by_operator": self.operator,
            "by_operator_name": self.operator_name,
            "by_droid": self.droid,
            "by_run": self.run,
            "by_channel": self.channel,
        }

    def is_same_person_as(self, other: "Actor") -> bool:
        """Whether agent or operator coincide: then one can't be the other's second person (LEDGER.md)."""
        return self.agent == other.agent or bool(self.operator and self.operator == other.operator)
