"""The registry's names as an import finds them: by key, by an alias of the mapping, or by name. Pure lookups.

Names are compared folded (case, width and spaces), never guessed: what resembles is only ever proposed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from sales.blocks.intake.mapping import BadMapping
from sales.blocks.intake.mapping import Mapping as FileMapping
from sales.customers.verbs import folded
from sales.registry.lookup import nearest, unregistered
from sales.registry.models import Agent, Region, Service

Kind = TypeVar("Kind", Service, Agent, Region)


class NotKnown(Exception):
    """The registry has no such key or name, or several of that name; the text is the reason, for a person."""


class Names(Generic[Kind]):
    """One of the registry's tables by key and by folded name."""

    def __init__(self, kind: str, rows: Iterable[Kind], aliases: Mapping[str, str]) -> None:
        self.kind = kind
        self.by_key: dict[str, Kind] = {row.key: row for row in rows}
        self.by_name: dict[str, list[Kind]] = {}
        for row in self.by_key.values():
            self.by_name.setdefault(folded(row.name), []).append(row)
        self.aliases = {folded(spelling): key for spelling, key in aliases.items()}
        for spelling, key in aliases.items():
            if key not in self.by_key:
                raise BadMapping(
                    f"[aliases.{kind}] \"{spelling}\" is '{key}', which is no {kind} of the registry.{self._hint(key)}"
                )

    def find(self, text: str) -> Kind:
        """The row that a cell means.

        Raises:
            NotKnown: none, or several of that name.
        """
        key = self.aliases.get(folded(text), text)
        if key in self.by_key:
            return self.by_key[key]
        named = self.by_name.get(folded(text), [])
        if len(named) == 1:
            return named[0]
        if named:
            keys = ", ".join(sorted(row.key for row in named))
            raise NotKnown(
                f"The {self.kind} '{text}' could be each of {keys}. Add an alias with the key to the mapping."
            )
        if self.kind == "service":
            raise NotKnown(unregistered(text, list(self.by_key)).sentence)
        raise NotKnown(
            f"The {self.kind} '{text}' is not in the registry.{self._hint(text)} Add an alias to the mapping, or sync"
            " the registry."
        )

    def _hint(self, text: str) -> str:
        near = nearest(text, list(self.by_key))
        return f" Nearest key: '{near}'." if near else ""


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may name."""

    services: Names[Service]
    agents: Names[Agent]
    regions: Names[Region]


def known_registry(mapping: FileMapping) -> Known:
    """The mirror's services, agents and regions, under the mapping's aliases.

    Raises:
        BadMapping: an alias or a default names what the registry doesn't have.
    """
    aliases = mapping.aliases
    known = Known(
        services=Names("service", Service.objects.select_related("owner"), aliases.get("service", {})),
        agents=Names("agent", Agent.objects.select_related("region"), aliases.get("agent", {})),
        regions=Names("region", Region.objects.all(), aliases.get("region", {})),
    )
    for kind, names in (("service", known.services), ("agent", known.agents), ("region", known.regions)):
        default = mapping.defaults.get(kind)
        try:
            if default is not None:
                names.find(default)
        except NotKnown as wrong:
            raise BadMapping(f"[defaults] {kind}: {wrong}") from wrong
    return known
