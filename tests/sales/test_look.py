"""The template tags of the look: what a page writes is what the words, the money and the calendar say."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, Template

from sales.monitor.drawings import ICONS, SHAPES
from sales.monitor.words import LEAD_STATES, WIN_STATES

NOW = datetime(2026, 11, 19, 8, 10, tzinfo=UTC)


def drawn(source: str, **context: Any) -> str:
    return Template("{% load look %}" + source).render(Context(context))


@pytest.mark.parametrize("code", LEAD_STATES)
def test_every_state_of_a_lead_is_drawn_with_its_word_its_shape_and_its_tone(code: str) -> None:
    state, html = LEAD_STATES[code], drawn("{% lead_badge code %}", code=code)
    assert state.word in html and SHAPES[state.shape] in html and f"tone {state.tone}" in html


@pytest.mark.parametrize("code", WIN_STATES)
def test_every_state_of_a_win_is_drawn_with_its_word_its_shape_and_its_tone(code: str) -> None:
    state, html = WIN_STATES[code], drawn("{% win_badge code %}", code=code)
    assert state.word in html and SHAPES[state.shape] in html and f"tone {state.tone} m" in html


def test_a_win_in_hold_says_until_when_as_of_the_time_of_the_page() -> None:
    source = '{% win_badge "HELD" held_until=until %}'
    assert "In hold until 3 Dec<" in drawn(source, until=date(2026, 12, 3), now=NOW)
    assert "In hold until 3 Jan 2027<" in drawn(source, until=date(2027, 1, 3), now=NOW)


def test_a_win_that_is_due_names_the_service_that_owes() -> None:
    assert "Due from Blueprint" in drawn('{% win_badge "EARNED" service_name="Blueprint" %}')


def test_a_state_nobody_knows_breaks_the_page_instead_of_inventing_a_word() -> None:
    with pytest.raises(KeyError):
        drawn('{% lead_badge "ALMOST" %}')


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_silent_to_screen_readers(name: str) -> None:
    assert 'aria-hidden="true"' in drawn("{% icon name %}", name=name)


def test_a_mark_is_escaped() -> None:
    assert "&lt;i&gt;" in drawn('{% mark word "done" "good" %}', word="<i>")


def test_an_amount_is_minor_units_with_its_currency_or_a_dash() -> None:
    assert drawn("{{ a|money:'EUR' }}", a=2400000).replace("\xa0", " ") == "EUR 24,000.00"
    assert drawn("{{ a|figure:'EUR' }}", a=2400000) == "24,000.00"
    assert drawn("{{ a|figure:'JPY' }}", a=2400000) == "2,400,000"
    assert drawn("{{ a|money:'EUR' }} {{ a|figure:'EUR' }}", a=None) == "— —"


def test_a_day_is_written_for_people() -> None:
    assert drawn("{{ d|day }}", d=date(2026, 11, 19)) == "19 Nov 2026"
    assert drawn("{{ d|day:now }}", d=date(2026, 11, 9), now=NOW) == "9 Nov"
    assert drawn("{{ d|day }}", d=None) == "—"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 19, 12, 0, tzinfo=UTC), "today, 12:00"),
        (datetime(2026, 11, 18, 16, 0, tzinfo=UTC), "yesterday, 16:00"),
        (datetime(2026, 11, 20, 9, 5, tzinfo=UTC), "20 Nov, 09:05"),
        (datetime(2025, 11, 19, 9, 5, tzinfo=UTC), "19 Nov 2025, 09:05"),
    ],
)
def test_a_moment_is_said_as_of_the_time_of_the_page(at: datetime, words: str) -> None:
    assert drawn("{{ at|moment:now }}", at=at, now=NOW) == words


def test_a_moment_without_a_now_names_its_day() -> None:
    assert drawn("{{ at|moment }}", at=NOW) == "19 Nov 2026, 08:10"


@pytest.mark.parametrize("kind", ["error", "warning", "success", "info", "debug"])
def test_every_kind_of_message_has_a_tone_a_drawn_icon_and_a_role(kind: str) -> None:
    tone, icon, role = drawn("{{ k|note_tone }} {{ k|note_icon }} {{ k|note_role }}", k=kind).split()
    assert tone and icon in ICONS
    assert (role == "alert") is (kind == "error")


def test_a_row_with_a_cell_too_few_breaks_the_page() -> None:
    with pytest.raises(ValueError, match="shorter"):
        drawn("{% for column, cell in columns|beside:cells %}{{ cell }}{% endfor %}", columns="ab", cells="a")
