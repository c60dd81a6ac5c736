"""The reasons that the console offers, as codes with their words. A code is kept for good; its words may change."""

LOST = {
    "price": "Too expensive for the benefit they see",
    "competitor": "Bought from another provider",
    "does-it-in-house": "Does it with its own people",
    "missing-feature": "Needs something the service doesn't do",
    "budget-withdrawn": "The budget was withdrawn",
    "stays-as-it-is": "Decided to leave things as they are",
    "no-answer": "No answer",
}
DISQUALIFIED = {
    "outside-service-hours": "Needs help outside the service's hours",
    "too-small": "Below the smallest quantity that is billed",
    "no-decision-maker": "Nobody there can decide",
    "wants-certificate": "Needs a certificate that the service can't give",
    "student-or-supplier": "Not a buyer",
}
DORMANT = {
    "waits-for-own-project": "Waits for a project of its own to end",
    "budget-next-year": "Budget comes up again next year",
    "contact-left": "The person we spoke to has left",
}
BACK = {"moved-too-early": "Moved too early", "needs-another-talk": "Needs another talk first"}
CANCELLED = {
    "withdrew-in-hold": "The customer withdrew before the hold was over",
    "customer-withdrew": "The customer withdrew later",
    "ordered-twice": "The same order was placed twice",
    "booked-wrong": "Booked with a wrong service, customer or amount",
    "not-paid": "The customer didn't pay",
}
ASSIGNED = {
    "by-region": "The customer's region",
    "by-language": "The customer's language",
    "workload": "Workload",
    "absence": "Absence of the agent before",
}
BY_STATE = {"LOST": LOST, "DISQUALIFIED": DISQUALIFIED, "DORMANT": DORMANT}
EVERY = {**BACK, **ASSIGNED, **LOST, **DISQUALIFIED, **DORMANT, **CANCELLED}


def words(code: str) -> str:
    """A reason for people; one that the console doesn't know is shown as it was given."""
    return EVERY.get(code, code.replace("-", " "))


def choices(reasons: dict[str, str]) -> list[tuple[str, str]]:
    """The choices of a field that has to be chosen."""
    return [("", "Choose a reason"), *reasons.items()]
