"""A booking that is refused writes nothing: every row of every table is looked at before and after."""

from datetime import datetime
from typing import Any

import pytest
from django.apps import apps

from sales.blocks.closing.forms import WinForm, WinRefused
from sales.blocks.closing.work import book_win
from tests.makers import ARWEN, NOW


def everything() -> dict[str, list[Any]]:
    """Every row of every table of sales."""
    return {
        model.__name__: list(model._base_manager.order_by("pk").values())
        for model in apps.get_app_config("sales").get_models()
    }


def refused(form: WinForm, *, now: datetime = NOW) -> WinRefused:
    """The refusal of a booking that writes nothing."""
    before = everything()
    with pytest.raises(WinRefused) as refusal:
        book_win(form, by=ARWEN, now=now)
    assert everything() == before
    return refusal.value
