"""A page with one form that calls one verb: what was typed stays, and a refusal is shown in its own words."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from sales.admin.base import ConsoleAdmin
from sales.refusal import Refusal

Sent = tuple[str, str]
"""Where to go after the step, and what was done in a sentence."""


def step_page(
    admin: ConsoleAdmin,
    request: HttpRequest,
    *,
    form: forms.Form,
    send: Callable[[dict[str, Any]], Sent],
    title: str,
    button: str,
    back: str,
    lede: str = "",
    grim: bool = False,
    template: str = "console/step.html",
    **context: Any,
) -> HttpResponse:
    """Show the form, or send it: a verb that refuses wrote nothing, and its sentence heads the form."""
    if request.method == "POST" and form.is_valid():
        try:
            url, done = send(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            context["refusal"] = refusal
        else:
            messages.success(request, done)
            return HttpResponseRedirect(url)
    return TemplateResponse(
        request,
        template,
        {
            **admin.admin_site.each_context(request),
            "title": title,
            "form": form,
            "lede": lede,
            "button": button,
            "grim": grim,
            "back": back,
            **context,
        },
    )
