"""The two ways in which a source can be wrong: as a whole, or in one field of one row.

Not a policy: what a refused feed or a faulty row means for the mirror is for `sales.registry` to decide.
"""


class FeedRefused(Exception):
    """The feed as a whole can't be trusted; the message is a sentence with the next step."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreadable(ValueError):
    """One field of one row can't be read; never leaves a reader, which turns it into a fault of that row."""
