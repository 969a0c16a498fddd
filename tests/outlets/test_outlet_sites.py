"""Sites of outlet mentions: their sentences, and whose words are given there."""

from __future__ import annotations

import pytest

from quoteattr.detection.quotations import find_quotations
from quoteattr.outlets.article_context import ArticleContext, context_of_article
from quoteattr.outlets.outlet_sites import find_sites, sites_by_speaker
from quoteattr.schema import Speaker

ANN, BOB = Speaker("Ann Lee", "person"), Speaker("Bob Hale", "person")
REUTERS = Speaker("Reuters", "organisation")


def view_of(text: str, *speakers: Speaker | None) -> ArticleContext:
    """The article of a text whose last quotations have these speakers, and the others none."""
    quotations = find_quotations(text)
    silent = [None] * (len(quotations) - len(speakers))
    return context_of_article(text, quotations, [*silent, *speakers])


def outlets_of(text: str, *speakers: Speaker | None) -> dict[str, list[str | None]]:
    sites = sites_by_speaker(view_of(text, *speakers))
    return {name: [site.outlet.name if site.outlet else None for site in own] for name, own in sites.items()}


def test_site_has_its_sentence_without_quotations_and_outlet() -> None:
    [site] = find_sites(view_of("It rained.\n\n“We go,” Ann Lee told The Sunday Times on Monday. She left."))
    assert site.sentence == "“” Ann Lee told The  on Monday. "
    assert (site.paragraph, site.is_brief) == (2, False)
    assert site.outlet is not None
    assert site.outlet.name == "Sunday Times"


@pytest.mark.parametrize(
    ("text", "is_brief"),
    [
        ("Ann Lee told Reuters.", False),
        ("Ann Lee tweeted.", True),
        ("Ann Lee told Reuters in May.", True),
    ],
)
def test_posts_and_other_times_are_brief(text: str, is_brief: bool) -> None:
    assert [site.is_brief for site in find_sites(view_of(text))] == [is_brief]


def test_mentions_in_quotations_are_no_sites() -> None:
    assert list(find_sites(view_of("“I told the Herald,” she said."))) == []
    assert [site.mention.kind for site in find_sites(view_of("Lee was on “Fox News Sunday”."))] == [
        "interview"
    ]


@pytest.mark.parametrize(
    ("text", "speakers", "expected"),
    [
        # Quoted in the sentence
        ("“We go,” Ann Lee told Reuters.", [ANN], {"Ann Lee": ["Reuters"]}),
        (
            "Ann Lee told Reuters “we go”, Bob Hale “no”.",
            [ANN, BOB],
            {"Ann Lee": ["Reuters"], "Bob Hale": ["Reuters"]},
        ),
        # Named as subject
        ("Ann Lee told Reuters. “We go,” she said.", [ANN], {"Ann Lee": ["Reuters"]}),
        ("In Orsk, Ann Lee told Reuters. “We go,” she said.", [ANN], {"Ann Lee": ["Reuters"]}),
        ("Ann Lee (Labour, Hale) told Reuters. “We go.”", [ANN], {"Ann Lee": ["Reuters"]}),
        ("Lee met Hale and told Reuters. “We go.” “No.”", [ANN, BOB], {"Ann Lee": ["Reuters"]}),
        ("In an interview with Reuters Lee spoke. “We go.”", [ANN], {"Ann Lee": ["Reuters"]}),
        ("“We go.” She told Reuters so.", [ANN], {"Ann Lee": ["Reuters"]}),
        (
            "“We go.” Her remarks to Reuters were short; she spoke to Reuters.",
            [ANN],
            {"Ann Lee": ["Reuters", "Reuters"]},
        ),
        # No speaker
        ("Someone told Reuters. “We go,” she said.", [ANN], {}),
        ("She told Reuters. “We go,” she said.", [ANN], {}),
        ("Ann Lee saw an article in The Times. “We go,” she said.", [ANN], {}),
        ("Ann Lee wrote an article in The Times. “We go,” she said.", [ANN], {"Ann Lee": ["Times"]}),
        # The outlet does not speak to itself
        ("“We go,” Reuters said, and Lee told Reuters “no”.", [REUTERS, ANN], {"Ann Lee": ["Reuters"]}),
    ],
)
def test_whose_words_are_given(
    text: str, speakers: list[Speaker | None], expected: dict[str, list[str | None]]
) -> None:
    assert outlets_of(text, *speakers) == expected


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("“We go,” Ann Lee told the Herald. “Now,” she told the paper.", ["Herald", "Herald"]),
        ("“We go,” Ann Lee told the paper.", [None]),
        ("“We go,” Ann Lee tweeted. “Now,” she told the paper.", ["Twitter", None]),
        ("“We go,” Ann Lee told CNN’s Jake Tapper. “Now,” she told Tapper.", ["CNN", "CNN"]),
        ("“We go,” Ann Lee told CNN. “Now,” she told Tapper.", ["CNN", None]),
        ("“We go,” Ann Lee told reporters. “Now,” she told the paper.", [None, None]),
    ],
)
def test_references_to_an_outlet_named_before(text: str, outlets: list[str | None]) -> None:
    count = len(find_quotations(text))
    assert outlets_of(text, *[ANN] * count) == {"Ann Lee": outlets}
