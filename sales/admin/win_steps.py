"""The steps of a win as pages: cancelling it in full, and pricing it later with a second person."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sales.access.actor import Actor
from sales.access.models import Login
from sales.admin import reasons
from sales.admin.acting import actor_of, now
from sales.admin.base import ConsoleAdmin
from sales.admin.fields import words_field
from sales.admin.sentences import says
from sales.admin.steps import Sent, step_page
from sales.blocks.closing.reversal import cancel_win
from sales.blocks.commission.work import price_wins
from sales.leads.models import State
from sales.money import format_minor
from sales.refusal import Refusal
from sales.registry.actors import actor_for
from sales.registry.models import Terms
from sales.registry.terms import that_price
from sales.wins.models import Win

View = Callable[[ConsoleAdmin, HttpRequest, str], HttpResponse]
GOES_TO = [(State.PROPOSED, State.PROPOSED.label), (State.LOST, State.LOST.label)]


class SecondPersonMissing(Refusal):
    """Nobody signed as the second person."""

    code = "second_person_missing"


class CancelForm(forms.Form):
    """A cancellation can't be undone, so the win's key is typed."""

    reason_code = forms.ChoiceField(label="Reason", choices=reasons.choices(reasons.CANCELLED))
    lead_goes_to = forms.ChoiceField(label="The lead goes to", choices=GOES_TO)
    text = words_field("Note", required=False, help_text="Private: no model reads it.")
    confirm = forms.CharField(
        label="Type the win's key", help_text="It can't be undone: the money goes back the way it came."
    )

    def __init__(self, *args: Any, win: Win, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.win = win

    def clean_confirm(self) -> str:
        typed = str(self.cleaned_data["confirm"]).strip()
        if typed != self.win.key:
            raise forms.ValidationError(f"That isn't the key. Type {self.win.key} to cancel this win.")
        return typed


class ApproverForm(forms.Form):
    """The second person signs here, because one alone can't move money (LEDGER.md, Second person)."""

    approver = forms.CharField(
        label="Login of the second person", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    password = forms.CharField(
        label="Their password", widget=forms.PasswordInput(attrs={"autocomplete": "off"}), strip=False
    )


def win_of(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> Win:
    """The win of an address; a missing one is not found."""
    win = admin.get_object(request, object_id)
    if not isinstance(win, Win):
        raise Http404
    return win


def second_person(request: HttpRequest, *, username: str, password: str) -> Actor:
    """The actor who signs beside the one who is signed in.

    Raises:
        SecondPersonMissing: login and password don't fit.
    """
    login = authenticate(request, username=username, password=password)
    if not isinstance(login, Login):
        raise SecondPersonMissing(
            "Login and password of the second person don't fit. Ask them to sign here themselves."
        )
    return actor_for(login.acts_for, channel="console", login=login)


def cancel(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Cancel a win in full."""
    win = win_of(admin, request, object_id)
    back = reverse("admin:sales_win_change", args=[win.pk])

    def send(data: dict[str, Any]) -> Sent:
        asked = {name: data[name] for name in ("reason_code", "lead_goes_to", "text")}
        cancel_win(win, by=actor_of(request), now=now(), **asked)
        return back, "The win is cancelled. It stays, with its reason, and is in no total."

    return step_page(
        admin,
        request,
        form=CancelForm(request.POST or None, win=win),
        send=send,
        title="Cancel the win",
        button="Cancel the win",
        back=back,
        grim=True,
        lede=f"{win.service.name} for {win.customer.name}, {format_minor(win.amount_minor, win.currency)}: {win.key}.",
    )


def price(admin: ConsoleAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Price a win that waited for terms, by the terms that now cover its sale date."""
    win = win_of(admin, request, object_id)
    back = reverse("admin:sales_win_change", args=[win.pk])
    terms = that_price(Terms.objects.filter(service=win.service_id, currency=win.currency), win.sold_date)

    def send(data: dict[str, Any]) -> Sent:
        approver = second_person(request, username=data["approver"], password=data["password"])
        price_wins([win], by=actor_of(request), approver=approver, now=now())
        return back, f"The win is priced; {approver.agent_name} approved it."

    return step_page(
        admin,
        request,
        form=ApproverForm(request.POST or None),
        send=send,
        title="Price the win",
        button="Price it",
        back=back,
        lede=f"By the terms that cover its sale date: {says(terms)}." if terms else "No terms cover its sale date yet.",
    )


STEPS: dict[str, View] = {"cancel": cancel, "price": price}
