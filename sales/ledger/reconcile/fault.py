"""What reconciliation found wrong: values with a sentence, never exceptions, so that one fault doesn't hide another."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One broken rule, with the row or win that shows it, what was expected and what was found."""

    rule: str
    row: int | None = None
    win: str | None = None
    expected: str = ""
    found: str = ""

    @property
    def sentence(self) -> str:
        """As people read it."""
        places = [f"row {self.row}" if self.row else "", f"win {self.win}" if self.win else ""]
        place = ", ".join(part for part in places if part) or "the ledger"
        said = f"{place[0].upper()}{place[1:]}: {self.rule}"
        if self.expected or self.found:
            said += f": expected {self.expected or 'nothing'}, found {self.found or 'nothing'}"
        return said + "."

    def as_dict(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "win": self.win,
            "rule": self.rule,
            "expected": self.expected,
            "found": self.found,
            "sentence": self.sentence,
        }
