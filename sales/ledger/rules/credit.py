"""Who gets credit: an event's commission spread over a win's agents by their gaps.

It isn't the share set (a win's own, versioned) and no money moves by it: credit is the memo book's. The gaps,
not a fresh split of each amount, decide, so that a refund never raises anybody's credit (the Alabama paradox)
and twelve instalments end where one sum would. Ties go by the agent's key.
"""

from collections.abc import Mapping

from sales.money import allocate


class CreditDoesNotAddUp(ValueError):
    """The balances and the event's amount don't make the win's net commission."""


def spread_credit(
    *, amount: int, net_after: int, shares: Mapping[str, int], balances: Mapping[str, int]
) -> dict[str, int]:
    """The event's amount by agent in key order: above 0 credits, below 0 takes back, 0 is left out.

    ``net_after`` is N, the win's net commission after the event; ``balances`` are the agents' credits on the
    win before it, also of agents who have no share any more. Gap = N * w / W - balance, of the event's sign.

    Raises:
        CreditDoesNotAddUp: the balances and ``amount`` do not add up to ``net_after``.
    """
    if sum(balances.values()) + amount != net_after:
        had = sum(balances.values())
        raise CreditDoesNotAddUp(f"Credit {had} and {amount} do not make {net_after}. Reconcile the win first.")
    sign = -1 if amount < 0 else 1
    agents = sorted({*shares, *balances})
    # Gaps times the sum of the shares: integers, so that nothing is rounded before the spread.
    whole = sum(shares.values())
    gaps = [sign * (net_after * shares.get(agent, 0) - balances.get(agent, 0) * whole) for agent in agents]
    parts = allocate(abs(amount), [max(0, gap) for gap in gaps])
    return {agent: sign * part for agent, part in zip(agents, parts, strict=True) if part}


def recredit_moves(*, net: int, shares: Mapping[str, int], balances: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """What moves when shares change: (agent over, agent short, amount), both sides in key order.

    The targets are the net commission by largest remainder over the new shares; money is untouched.

    Raises:
        CreditDoesNotAddUp: the balances are not the net commission.
    """
    if sum(balances.values()) != net:
        had = sum(balances.values())
        raise CreditDoesNotAddUp(f"Credit {had} is not the net of {net}. Reconcile the win first.")
    agents = sorted({*shares, *balances})
    targets = allocate(net, [shares.get(agent, 0) for agent in agents])
    short = {agent: target - balances.get(agent, 0) for agent, target in zip(agents, targets, strict=True)}
    moves = []
    for giver in agents:
        for taker in agents:
            size = min(-short[giver], short[taker])
            if size > 0:
                moves.append((giver, taker, size))
                short[giver] += size
                short[taker] -= size
    return moves
