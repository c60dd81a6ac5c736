"""``sales.models`` is the way in from outside: the six models of the business by name, and every other one."""

from django.apps import apps

import sales.models
from sales.models import Agent, CommissionEntry, Lead, Region, Service, Win


def test_the_models_of_the_business_are_imported_from_one_place() -> None:
    named = {model._meta.label for model in (Agent, CommissionEntry, Lead, Region, Service, Win)}
    assert named == {f"sales.{name}" for name in ("Agent", "CommissionEntry", "Lead", "Region", "Service", "Win")}


def test_the_index_lists_every_model_and_nothing_that_is_gone() -> None:
    listed = set(sales.models.__all__)
    assert {model.__name__ for model in apps.get_app_config("sales").get_models()} - listed == set()
    assert [name for name in listed if not hasattr(sales.models, name)] == []
