"""The forms of a lead's steps. They read what was typed; whether a step is allowed is for its verb to say."""

from typing import Any

from django import forms

from sales.admin import reasons
from sales.admin.fields import AmountForm, day_field, in_utc, moment_field, words_field
from sales.customers.models import Customer, Person
from sales.leads.lifecycle import step, steps_from
from sales.leads.models import Interaction, Lead, State
from sales.registry.models import Agent, Region, Service


def live_agents() -> Any:
    """Agents that may take leads."""
    return Agent.objects.filter(retired_at=None, quarantine="", is_agent=True)


class NextStepForm(forms.Form):
    """The next step with its time: both or neither."""

    next_step = forms.CharField(label="Next step", max_length=200, required=False)
    next_step_at = moment_field("When", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["next_step_at"] = in_utc(data.get("next_step_at"))
        if data.get("next_step") and not data["next_step_at"]:
            self.add_error("next_step_at", "Say when, so that it isn't forgotten.")
        if data.get("next_step_at") and not data.get("next_step"):
            self.add_error("next_step", "Say what is to be done then.")
        return data


class LeadFacts(AmountForm, NextStepForm):
    """What a lead says about its chance; an amount may still be unknown."""

    title = forms.CharField(label="What it is about", max_length=200, required=False)
    service = forms.ModelChoiceField(Service.objects.sellable(), label="Service")
    customer = forms.ModelChoiceField(
        Customer.objects.all(), label="Customer", required=False, empty_label="Not known yet"
    )
    expected_close_date = day_field("Expected to close", required=False)
    field_order = [
        *("title", "service", "customer", "region", "agent", "amount", "currency", "quantity", "cadence"),
        *("term_months", "expected_close_date", "next_step", "next_step_at", "source"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].required = False
        self.fields["amount"].label = "Expected amount, without tax"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("amount_minor") is None:
            data["currency"] = ""
        return data


class NewLeadForm(LeadFacts):
    region = forms.ModelChoiceField(
        Region.objects.filter(retired_at=None, quarantine=""), label="Region", required=False
    )
    agent = forms.ModelChoiceField(live_agents(), label="Agent", required=False, empty_label="Not assigned yet")
    source = forms.CharField(
        label="Source", max_length=64, required=False, help_text="Where the lead came from, such as web or fair."
    )


class MoveForm(forms.Form):
    """Where to, and why. Every step of the table is offered, also one that is refused: the refusal explains it."""

    to = forms.ChoiceField(label="Move to")
    reason_code = forms.ChoiceField(label="Reason", required=False, help_text="Needed for a step back and for an end.")
    text = words_field("Note", required=False, help_text="Private: no model reads it.")

    def __init__(self, *args: Any, lead: Lead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = steps_from(lead.state)
        where, why = self.fields["to"], self.fields["reason_code"]
        assert isinstance(where, forms.ChoiceField) and isinstance(why, forms.ChoiceField)
        where.choices = [(entry.to, State(entry.to).label) for entry in steps]
        chosen = step(lead.state, str(self.data.get("to") or self.initial.get("to") or ""))
        offered = reasons.BY_STATE.get(chosen.to, reasons.BACK) if chosen else reasons.EVERY
        if self.is_bound:
            offered = reasons.EVERY
        why.choices = reasons.choices(offered)


class AssignForm(forms.Form):
    agent = forms.ModelChoiceField(live_agents(), label="Agent")
    region = forms.ModelChoiceField(Region.objects.filter(retired_at=None, quarantine=""), label="Region")
    reason_code = forms.ChoiceField(label="Reason", choices=reasons.choices(reasons.ASSIGNED))


class OfferForm(AmountForm):
    subject = forms.CharField(label="What is offered", max_length=200, required=False)
    valid_until = day_field("Valid until", required=False)
    moves = forms.BooleanField(label="Move the lead to 'Offer made' too", required=False, initial=True)
    field_order = ["subject", "amount", "currency", "quantity", "cadence", "term_months", "valid_until", "moves"]


class LogForm(forms.Form):
    channel = forms.ChoiceField(label="How", choices=Interaction.Channel.choices)
    direction = forms.ChoiceField(label="Who spoke", choices=Interaction.Direction.choices)
    person = forms.ModelChoiceField(Person.objects.none(), label="With", required=False, empty_label="Nobody by name")
    agent = forms.ModelChoiceField(live_agents(), label="Agent that drove it")
    at = moment_field("When")
    text = words_field("What was said", rows=4)

    def __init__(self, *args: Any, lead: Lead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = Person.objects.filter(customer=lead.customer_id)


class SisterForm(forms.Form):
    """The other service that the customer is interested in."""

    service = forms.ModelChoiceField(Service.objects.sellable(), label="Service")


class NoteForm(forms.Form):
    text = words_field("Note", rows=5, help_text="Private: nothing counts it, no model reads it, it can be erased.")
