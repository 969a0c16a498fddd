"""The state of the discourse: what is added is found again, and queries change nothing."""

from __future__ import annotations

from quoteattr.coreference.discourse_state import DiscourseState, Fact
from quoteattr.coreference.entity import Entity, Profile, describe
from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.names import Name
from tests.coreference.articles import entity, state_before, table_of

TEXT = "Then Ann Lee met Tom Day. Later Tiller came. Nothing else was said."


def fresh() -> DiscourseState:
    return DiscourseState(TEXT, table_of(TEXT), MentionIndex(TEXT, (), ()))


def read() -> DiscourseState:
    return state_before(TEXT, len(TEXT))


def porter() -> Entity:
    return Entity(Name("porter", ("porter",), ()), Profile("unnamed", "porter", ("porter",)))


def test_nothing_is_mentioned_at_first() -> None:
    state = fresh()
    assert list(state.latest()) == []
    assert state.sites(entity(state.table, "Ann Lee")) == ()
    assert state.last_speaker is None


def test_mentions_are_kept_latest_first() -> None:
    state = read()
    assert [e.profile.name for e in state.latest()] == ["Tiller", "Tom Day", "Ann Lee"]
    ann = entity(state.table, "Ann Lee")
    state.add_mention(ann, 50, 53)
    assert next(state.latest()) is ann
    assert [site.start for site in state.sites(ann)] == [5, 50]


def test_a_mention_that_goes_back_is_not_added_twice() -> None:
    state = read()
    ann = entity(state.table, "Ann Lee")
    state.add_mention(ann, 5, 12)
    assert len(state.sites(ann)) == 1
    assert next(state.latest()) is ann


def test_only_the_last_mentions_are_kept() -> None:
    state = fresh()
    ann = entity(state.table, "Ann Lee")
    for start in range(0, 60, 10):
        state.add_mention(ann, start, start + 3)
    assert [site.start for site in state.sites(ann)] == [20, 30, 40, 50]


def test_the_first_mention_opens_an_unparsed_sentence() -> None:
    state = read()
    ann, tom = entity(state.table, "Ann Lee"), entity(state.table, "Tom Day")
    assert [state.sites(e)[0].role for e in (ann, tom)] == ["main", "other"]


def test_a_query_for_a_site_changes_nothing() -> None:
    state = fresh()
    assert state.site(5, 12) == state.site(5, 12)
    state.open_sentence(state.site(5, 12))
    assert state.site(5, 12).role == "other"


def test_a_speaker_counts_as_subject() -> None:
    state = fresh()
    tom = entity(state.table, "Tom Day")
    state.open_sentence(state.site(5, 12))
    state.add_mention(tom, 17, 24, subject=True)
    assert state.sites(tom)[0].role == "main"


def test_people_are_found_by_gender() -> None:
    state = read()
    site = state.site(45, 52)
    assert [e.profile.name for e in state.latest_people(site, "female")] == ["Tiller", "Ann Lee"]
    assert [e.profile.name for e in state.latest_people(site, None)] == ["Tiller", "Tom Day", "Ann Lee"]


def test_facts_change_the_profile_and_not_the_entity() -> None:
    state = fresh()
    tiller = entity(state.table, "Tiller")
    state.learn([Fact(tiller, describe(["novelist"])), Fact(tiller, gender="female")])
    assert state.profile(tiller).roles == {"novelist"}
    assert state.profile(tiller).gender == "female"
    assert state.described_as("novelist") == state.with_role("novelist") == [tiller]
    assert tiller.profile.roles == frozenset()


def test_a_known_gender_is_not_overruled() -> None:
    state = fresh()
    ann = entity(state.table, "Ann Lee")
    state.learn([Fact(ann, gender="male")])
    assert state.profile(ann).gender == "female"


def test_an_organisation_is_no_person() -> None:
    state = fresh()
    assert state.first_person() is entity(state.table, "Ann Lee")
    state.learn([Fact(entity(state.table, "Ann Lee"), organisation=True)])
    assert state.first_person() is entity(state.table, "Tom Day")


def test_an_unnamed_speaker_is_introduced() -> None:
    state, unnamed = fresh(), porter()
    assert state.unnamed("unnamed", "Porter") is None
    state.learn([Fact(unnamed, describe(["porter"]))])
    assert state.unnamed("unnamed", "Porter") is unnamed
    assert state.with_role("porter") == [unnamed]


def test_an_unnamed_speaker_has_the_fullest_noun_phrase() -> None:
    state, unnamed = fresh(), porter()
    state.learn([Fact(unnamed, describe(["porter"])), Fact(unnamed, form="night porter")])
    speaker = state.speaker(unnamed)
    assert (speaker.name, speaker.aliases) == ("night porter", ("porter",))


def test_an_unnamed_speaker_is_identified() -> None:
    state, unnamed = fresh(), porter()
    state.learn([Fact(unnamed, describe(["porter"]))])
    state.identify(unnamed, entity(state.table, "Ann Lee"), "identified_later")
    assert state.identified_by(unnamed) == "identified_later"
    assert state.speaker(unnamed).name == "Ann Lee"


def test_a_speaker_is_confirmed_and_remembered() -> None:
    state = fresh()
    tiller = entity(state.table, "Tiller")
    state.add_speaker(tiller)
    assert state.last_speaker is tiller
    assert state.profile(tiller).confirmed


def test_the_most_salient_is_chosen_and_a_bonus_can_change_that() -> None:
    state = read()
    site, people = state.site(45, 52), state.latest_people(state.site(45, 52), None)
    ann = entity(state.table, "Ann Lee")
    assert state.most_salient(site, people, None) is not ann or len(people) == 3
    assert state.most_salient(site, people, None, lambda e: 5.0 * (e is ann)) is ann


def test_distance_and_nearness() -> None:
    state = read()
    ann = entity(state.table, "Ann Lee")
    assert state.distance(ann, 45) == 40
    assert state.is_near(ann, 45, 2)
    assert not state.is_near(ann, 45, 1)
    assert not fresh().is_near(ann, 45, 9)
