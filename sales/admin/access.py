"""Logins and seats: logins are made and deactivated, never deleted; seats are confirmed (DESIGN section 4)."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString

from sales.access.models import Login, Seat
from sales.access.verbs import change_login, create_login, decide_seat, set_password
from sales.admin import cells
from sales.admin.acting import actor_of, now
from sales.admin.base import ConsoleAdmin, KeptAdmin
from sales.admin.steps import step_page
from sales.refusal import Refusal
from sales.registry.models import Agent

# Groups grant nothing here: who may do what follows from seats.
admin.site.unregister(Group)


class PersonForm(forms.Form):
    """Who it is, and for whom the person acts."""

    first_name = forms.CharField(label="First name", max_length=150, required=False)
    last_name = forms.CharField(label="Last name", max_length=150, required=False)
    acts_for = forms.ChoiceField(label="Acts for", required=False, help_text="The agent that answers for what is done.")
    console = forms.BooleanField(label="Operates the console, where everything is seen", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agents = Agent.objects.filter(retired_at=None, quarantine="", is_agent=True).values_list("key", "name")
        acts_for = self.fields["acts_for"]
        assert isinstance(acts_for, forms.ChoiceField)
        acts_for.choices = [("", "The owner of Sales, if it operates the console"), *agents]


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )


class NewLoginForm(PersonForm, PasswordForm):
    username = forms.CharField(label="Login", max_length=150, help_text="What the person types to sign in.")
    field_order = ["username", "password", "first_name", "last_name", "acts_for", "console"]


class ChangedLoginForm(PersonForm):
    active = forms.BooleanField(
        label="Active", required=False, help_text="An inactive login can't sign in. It is never deleted."
    )


@admin.register(Login)
class LoginAdmin(ConsoleAdmin):
    list_display = ["named", "acts", "opens", "stands", "seen"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["username", "first_name", "last_name"]
    empty_says = "No login yet."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Login]:
        agent = Agent.objects.filter(key=OuterRef("acts_for")).values("name")
        rows: QuerySet[Login] = super().get_queryset(request).annotate(agent_name=Subquery(agent))
        return rows

    @admin.display(description="Login", ordering="username")
    def named(self, row: Login) -> SafeString:
        return cells.two_lines(row.username, row.get_full_name())

    @admin.display(description="Acts for")
    def acts(self, row: Any) -> str:
        return row.agent_name or row.acts_for or "the owner of Sales"

    @admin.display(description="Opens")
    def opens(self, row: Login) -> str:
        return "Console" if row.is_staff else "Own pages"

    @admin.display(description="State", ordering="is_active")
    def stands(self, row: Login) -> SafeString:
        return cells.mark("Active", "done", "good") if row.is_active else cells.mark("Inactive", "lead-dash", "neutral")

    @admin.display(description="Last signed in", ordering="last_login")
    def seen(self, row: Login) -> str:
        return cells.moment(row.last_login)

    def get_urls(self) -> list[Any]:
        password = self.admin_site.admin_view(self.password_view)
        return [path("<path:object_id>/password/", password, name="sales_login_password"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        def send(data: dict[str, Any]) -> tuple[str, str]:
            login = create_login(**data)
            return cells.page_of("login", login.pk), f"{login.display_name} can sign in now."

        return step_page(
            self,
            request,
            form=NewLoginForm(request.POST or None, initial={"console": True}),
            send=send,
            title="New login",
            button="Create the login",
            back=reverse("admin:sales_login_changelist"),
            lede="For a human who operates an agent. Both are recorded with everything that is done.",
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        login = self._login(request, object_id)
        initial = {name: getattr(login, name) for name in ("first_name", "last_name", "acts_for")}
        initial |= {"console": login.is_staff, "active": login.is_active}

        def send(data: dict[str, Any]) -> tuple[str, str]:
            change_login(login, by=actor_of(request), **data)
            return reverse("admin:sales_login_changelist"), f"{login.display_name} is changed."

        return step_page(
            self,
            request,
            form=ChangedLoginForm(request.POST or None, initial=initial),
            send=send,
            title=login.username,
            button="Save the login",
            back=reverse("admin:sales_login_changelist"),
            also=[("Set a new password", reverse("admin:sales_login_password", args=[login.pk]))],
        )

    def password_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Give the login a new password."""
        login = self._login(request, object_id)

        def send(data: dict[str, Any]) -> tuple[str, str]:
            set_password(login, password=data["password"])
            return cells.page_of("login", login.pk), f"{login.display_name} has a new password."

        return step_page(
            self,
            request,
            form=PasswordForm(request.POST or None),
            send=send,
            title=f"New password for {login.username}",
            button="Set the password",
            back=cells.page_of("login", login.pk),
        )

    def _login(self, request: HttpRequest, object_id: str) -> Login:
        login = self.get_object(request, object_id)
        if not isinstance(login, Login):
            raise Http404
        return login


@admin.register(Seat)
class SeatAdmin(KeptAdmin):
    list_display = ["agent_name", "role", "region_key", "stands", "by", "since_day"]
    list_filter = ["role", "state", "region_key"]
    search_fields = ["agent_name", "agent_key"]
    actions = ["confirm", "withdraw"]
    empty_says = "No seat is proposed yet. The sync proposes seats from owners and teams; they are confirmed here."
    empty_url = "admin:sales_registrysync_changelist"
    empty_action = "Open Syncs"

    @admin.display(description="State", ordering="state")
    def stands(self, row: Seat) -> SafeString:
        shape, tone = {"proposed": ("wait", "hold"), "confirmed": ("done", "good")}.get(
            row.state, ("lead-dash", "neutral")
        )
        return cells.mark(row.get_state_display(), shape, tone)

    @admin.display(description="By")
    def by(self, row: Seat) -> str:
        return cells.who(row)

    @admin.display(description="Since", ordering="since")
    def since_day(self, row: Seat) -> str:
        return cells.day(row.since)

    @admin.action(description="Confirm the seats")
    def confirm(self, request: HttpRequest, seats: QuerySet[Seat]) -> None:
        self._decide(request, seats, Seat.State.CONFIRMED)

    @admin.action(description="Withdraw the seats")
    def withdraw(self, request: HttpRequest, seats: QuerySet[Seat]) -> None:
        self._decide(request, seats, Seat.State.WITHDRAWN)

    def _decide(self, request: HttpRequest, seats: QuerySet[Seat], state: Seat.State) -> None:
        for seat in seats:
            try:
                decide_seat(seat, state=state, by=actor_of(request), now=now())
            except Refusal as refusal:
                messages.error(request, refusal.sentence)
            else:
                messages.success(request, f"{seat}: {state.label.lower()}.")
