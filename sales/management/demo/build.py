"""Fills an empty database with the sample organisation, in one transaction: all of it, or nothing."""

from datetime import datetime

from django.db import transaction

from sales.leads.models import Lead
from sales.management.demo.history import History, Progress
from sales.management.demo.logins import Credentials, credentials, sign_up
from sales.management.demo.plan import DemoPlan
from sales.refusal import Refusal
from sales.registry.models import Agent


class NotEmpty(Refusal):
    """There is something in the database already."""

    code = "not_empty"


@transaction.atomic
def build(*, plan: DemoPlan, now: datetime, progress: Progress) -> list[Credentials]:
    """Fill the database as of a day and return its logins.

    Raises:
        NotEmpty: it holds a registry or leads.
        LoginRefused: a login has the name of one of the demo's.
    """
    if Lead.objects.exists() or Agent.objects.exists():
        raise NotEmpty(
            "This database isn't empty, and the demo fills an empty one only. Name a new one in DATABASE_URL,"
            " run migrate there, then demo."
        )
    signed_up = sign_up(plan.logins)
    History(plan, now=now, progress=progress).tell()
    return credentials(signed_up)
