"""The run through ordered sieves."""

from __future__ import annotations

from quoteattr.coreference.discourse_state import DiscourseState, Fact
from quoteattr.coreference.entity import describe
from quoteattr.coreference.nouns import Phrase
from quoteattr.coreference.sieve import Decide, Decision, Sieve, read_phrase, run_sieves
from quoteattr.schema import Span
from tests.coreference.articles import entity, state_before

TEXT = "Then Ann Lee met Tom Day. The mayor left."
PHRASE = Phrase.of(Span(26, 35, "The mayor"))


def state() -> DiscourseState:
    return state_before(TEXT, 26)


def sieve(name: str, decide: Decide) -> Sieve:
    return Sieve(name=name, reason="", example="", speaker="", decide=decide)


def test_the_first_decision_counts() -> None:
    here = state()
    ann, tom = entity(here.table, "Ann Lee"), entity(here.table, "Tom Day")
    sieves = [
        sieve("silent", lambda phrase, state: None),
        sieve("undecided", lambda phrase, state: Decision(None)),
        sieve("first", lambda phrase, state: Decision(ann)),
        sieve("second", lambda phrase, state: Decision(tom)),
    ]
    found = run_sieves(sieves, PHRASE, here)
    assert found is not None
    assert (found.entity, found.sieve) == (ann, "first")


def test_no_decision() -> None:
    assert run_sieves([sieve("silent", lambda phrase, state: None)], PHRASE, state()) is None


def test_facts_hold_for_the_next_sieve() -> None:
    here = state()
    ann = entity(here.table, "Ann Lee")
    sieves = [
        sieve("told", lambda phrase, state: Decision(None, (Fact(ann, describe(["mayor"])),))),
        sieve("role", lambda phrase, state: Decision(next(iter(state.with_role("mayor")), None))),
    ]
    found = run_sieves(sieves, PHRASE, here)
    assert found is not None
    assert found.entity is ann


def test_a_site_that_was_compared_opens_its_sentence() -> None:
    here = state()
    assert here.site(26, 35).opens_sentence
    site = here.site(26, 35)
    run_sieves([sieve("compared", lambda phrase, state: Decision(None, site=site))], PHRASE, here)
    assert not here.site(26, 35).opens_sentence


def test_nobody_who_is_named_inside_a_phrase_is_meant_by_it() -> None:
    text = "Then Ann Lee met Tom Day. The lawyer for Tom Day left."
    here = state_before(text, 26)
    ann, tom = entity(here.table, "Ann Lee"), entity(here.table, "Tom Day")
    phrase = read_phrase(Span(26, 48, text[26:48]), here)
    sieves = [
        sieve("first", lambda phrase, state: Decision(tom)),
        sieve("second", lambda phrase, state: Decision(ann)),
    ]
    found = run_sieves(sieves, phrase, here)
    assert found is not None
    assert (found.entity, found.sieve) == (ann, "second")


def test_a_plural_with_the_capital_of_its_sentence_is_a_noun() -> None:
    text = "Ann Lee left. Holidaymakers in Upper Wexham were glad. Rogers in Bath was not. We met Rogers."
    here = state_before(text, len(text))

    def reads_noun(words: str) -> bool:
        start = text.index(words)
        return read_phrase(Span.of(text, start, start + len(words)), here).has_noun

    assert reads_noun("Holidaymakers in Upper Wexham")
    assert not reads_noun("Rogers in Bath")
