"""The words of states: each code has a word, a shape and a tone; colour alone tells no two apart."""

import re
from datetime import date

import pytest

from sales.monitor.badges import badge_html
from sales.monitor.drawings import ICONS, SHAPES
from sales.monitor.words import LEAD_STATES, WIN_STATES, StateWords, day_words, lead_state, win_state

TONES = {"neutral", "lead", "terms", "hold", "due", "good", "bad", "dispute"}
KINDS = pytest.mark.parametrize("states", [LEAD_STATES, WIN_STATES], ids=["leads", "wins"])


@KINDS
def test_every_state_has_a_word_a_drawn_shape_and_a_known_tone(states: dict[str, StateWords]) -> None:
    for state in states.values():
        assert state.word
        assert state.shape in SHAPES
        assert state.tone in TONES


@KINDS
def test_no_two_states_of_a_kind_share_a_word_or_a_drawing(states: dict[str, StateWords]) -> None:
    assert len({state.word for state in states.values()}) == len(states)
    assert len({SHAPES[state.shape] for state in states.values()}) == len(states)


def test_a_lead_and_a_win_never_share_a_drawing() -> None:
    leads = {SHAPES[state.shape] for state in LEAD_STATES.values()}
    wins = {SHAPES[state.shape] for state in WIN_STATES.values()}
    assert not leads & wins


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("NEW", "New"),
        ("ROUTED", "Assigned"),
        ("QUALIFIED", "Qualified"),
        ("ENGAGED", "In conversation"),
        ("PROPOSED", "Offer made"),
        ("WON", "Won"),
        ("DISQUALIFIED", "Not a fit"),
        ("LOST", "Lost"),
        ("DORMANT", "Dormant"),
    ],
)
def test_a_lead_is_called_by_the_words_of_the_glossary(code: str, word: str) -> None:
    assert lead_state(code).word == word


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("UNPRICED", "Waiting for commission terms"),
        ("HELD", "In hold"),
        ("EARNED", "Due"),
        ("PART_SETTLED", "Part paid"),
        ("SETTLED", "Paid"),
        ("WRITTEN_OFF", "Written off"),
        ("REVERSED", "Cancelled"),
        ("UNPLACED", "Needs repair"),
        ("DISPUTED", "Disputed"),
    ],
)
def test_a_win_is_called_by_the_words_of_the_glossary(code: str, word: str) -> None:
    assert win_state(code).word == word


def test_a_hold_names_its_day_and_a_debt_its_service() -> None:
    held = win_state("HELD", held_until=date(2026, 12, 3), today=date(2026, 11, 19))
    assert held == StateWords("In hold until 3 Dec", "money-pause", "hold")
    assert win_state("EARNED", service_name="Blueprint").word == "Due from Blueprint"


def test_facts_of_another_state_change_no_word() -> None:
    paid = win_state("SETTLED", held_until=date(2026, 12, 3), service_name="Blueprint")
    assert paid == WIN_STATES["SETTLED"]


def test_a_day_leaves_its_year_out_only_within_that_year() -> None:
    assert day_words(date(2026, 11, 19), today=date(2026, 1, 1)) == "19 Nov"
    assert day_words(date(2027, 1, 2), today=date(2026, 12, 31)) == "2 Jan 2027"
    assert day_words(date(2026, 11, 19)) == "19 Nov 2026"


@pytest.mark.parametrize("words_of", [lead_state, win_state])
def test_an_unknown_code_is_an_error_and_not_a_word(words_of: object) -> None:
    assert callable(words_of)
    with pytest.raises(KeyError):
        words_of("ALMOST_WON")


def test_a_badge_escapes_its_word_and_squares_its_corners_for_money() -> None:
    html = badge_html(win_state("EARNED", service_name="<b>Blue</b>"), money=True)
    assert "Due from &lt;b&gt;Blue&lt;/b&gt;" in html
    assert html.startswith('<span class="badge tone due m">')
    assert 'class="badge tone neutral end"' in badge_html(lead_state("LOST"), money=False)


def test_no_drawing_carries_a_colour_or_a_style() -> None:
    for drawing in [*SHAPES.values(), *ICONS.values()]:
        assert not re.search(r"style=|fill=|#[0-9a-f]{3}|script|stroke=\"(?!none)", drawing)
