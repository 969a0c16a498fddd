"""Patterns of outlet mentions: each numbered case on its example, and what must not match."""

from __future__ import annotations

import pytest
import regex

from quoteattr.outlets import patterns


def marked(example: str) -> tuple[str, list[int]]:
    """The text of an example without its bars, and the positions of these."""
    parts = example.split("|")
    return "".join(parts), [sum(map(len, parts[:count])) for count in range(1, len(parts))]


LEAD_INS = [
    (1, "She told |MailOnline that"),
    (1, "She confirmed to |MailOnline that"),
    (1, "She told the broadcaster |PR1 that"),
    (2, "Speaking exclusively to |Sky News, she"),
    (2, "She said live on |Sky News that"),
    (3, "In an interview last week with |Sky News she"),
    (3, "Interviewed by |Sky News, she"),
    (4, "She sat down with |Sky News"),
    (4, "In a Q&A with |Sky News"),
    (5, "In remarks made to |Sky News"),
    (6, "She appeared Sunday on |CNN"),
    (6, "As a guest on |CNN"),
    (7, "She called in to |Fox News"),
    (8, "Pressed later by |Reuters, she"),
    (9, "Writing Sunday in The |Times, she"),
    (9, "She has written for The |Times"),
    (10, "In an op-ed published in The |Times"),
    (10, "In a live blog for The |Times"),
    (11, "She posted on |Facebook"),
    (11, "In a message to |Reuters"),
    (12, "She took to |Twitter"),
    (12, "Using |Twitter to mock him, she"),
    (13, "She was quoted by |Tass"),
    (14, "She noted last week in |Politico"),
    (15, "The bridge is old, she says in The |Coastal Review"),
    (15, "Words in The |Coastal Review"),
    (16, "Words in |Friday’s Sun"),
    (17, "Words on |Fox News"),
    (1, "As she reminded |Perfil, it holds"),
    (8, "When contacted by The |Times"),
    (8, "Reached for comment by |Reuters"),
    (11, "A statement emailed to |Sky News"),
    (13, "She was quoted as saying by the |Tass"),
    (1, "She told |news.com.au that"),
]


@pytest.mark.parametrize(("case", "example"), LEAD_INS)
def test_lead_in_ends_where_the_name_begins(case: int, example: str) -> None:
    text, [name] = marked(example)
    assert name in [match.end() for match in patterns.LEAD_IN.finditer(text)]


def test_every_case_of_the_lead_ins_has_an_example() -> None:
    numbers = regex.findall(r"^ +# (\d+)\. ", patterns.LEAD_IN.pattern, regex.MULTILINE)
    assert sorted(map(int, numbers)) == sorted({case for case, _ in LEAD_INS}) == list(range(1, 18))


@pytest.mark.parametrize(
    "text", ["She told us that", "She told reporters", "The bridge in Wexcombe", "It rained.", "told"]
)
def test_other_words_lead_up_to_no_name(text: str) -> None:
    assert patterns.LEAD_IN.search(text) is None


@pytest.mark.parametrize(
    ("lead", "kind_of_text"), [("op-ed in ", "op-ed"), ("live blog for ", "live blog"), ("told ", None)]
)
def test_lead_in_names_the_kind_of_text(lead: str, kind_of_text: str | None) -> None:
    match = patterns.LEAD_IN.search(f"{lead}The Times")
    assert match is not None
    assert match["text"] == kind_of_text


@pytest.mark.parametrize("before", ["an attack ", "she works ", "a story ", "She is a contributor "])
def test_on_after_some_words_gives_nothing(before: str) -> None:
    assert patterns.NOT_GIVEN_BEFORE_ON.search(before)


@pytest.mark.parametrize("before", ["she spoke ", "the bridge ", ""])
def test_on_after_other_words_may(before: str) -> None:
    assert not patterns.NOT_GIVEN_BEFORE_ON.search(before)


NAMES = [
    (patterns.NAME_AT_END, "the |Interfax|"),
    (patterns.NAME_AT_END, "it rained, RIA Novosti. |Daily Courier|"),
    (patterns.NAME_BEFORE_TEXT, "in a |SkyNews| interview"),
    (patterns.NAME_BEFORE_TEXT, "during a |CNN| interview"),
    (patterns.NAME_BEFORE_TEXT, "in his |Washington Post| op-ed"),
    (patterns.NAME_BEFORE_TEXT, "from Ann Lee’s |Fox News| live interview"),
    (patterns.OWN_WEBSITE, "says on its |website|"),
    (patterns.OWN_WEBSITE, "on her own campaign |web site|."),
    (patterns.HOST_S_SHOW, "on |Glenn Beck’s radio programme|"),
    (patterns.HOST_S_SHOW, "said to |Ann Mary Lee’s podcast|"),
    (patterns.SHOW_IN_MARKS, "on this weekend’s broadcast of “|Fox News Sunday|,”"),
    (patterns.SHOW_IN_MARKS, "on “|Morning Joe|”"),
    (patterns.SHOW_IN_MARKS, "told “|Meet the Press|” that"),
    (patterns.NETWORK_OF_SHOW, "on |MSNBC|’s "),
    (patterns.SAME_OUTLET, "she told the |paper|."),
    (patterns.SAME_OUTLET, "in the same |interview|, she"),
    (patterns.OWN_SHOW, "On her podcast, |Loose Ends|, she"),
    (patterns.SAME_OUTLET, "she told the |outlet| on Monday"),
    (patterns.SAME_OUTLET, "she admitted to the |newspaper| that"),
    (patterns.SAME_OUTLET, "said during the same |segment|."),
    (patterns.SAME_NETWORK, "another |user| wrote"),
    (patterns.SAME_NETWORK, "Hale |posted|: “No.”"),
    (patterns.NETWORK_USER, "|Twitter| user Hale"),
    (patterns.NETWORK_USER, "one |Weibo| commenter"),
    (patterns.INTERVIEWER, "she told |Tapper| that"),
    (patterns.INTERVIEWER, "she told host Jake |Tapper|."),
]


@pytest.mark.parametrize(("pattern", "example"), NAMES)
def test_name_or_noun_of_a_pattern(pattern: regex.Pattern[str], example: str) -> None:
    text, [start, end] = marked(example)
    match = pattern.search(text)
    assert match is not None
    assert match.span("noun" if "noun" in pattern.groupindex else "name") == (start, end)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (patterns.NAME_AT_END, "the agency"),
        (patterns.NAME_BEFORE_TEXT, "in a long interview"),
        (patterns.NAME_BEFORE_TEXT, "in a Wexcombe court"),
        (patterns.OWN_WEBSITE, "on the website"),
        (patterns.HOST_S_SHOW, "on the show"),
        (patterns.HOST_S_SHOW, "on Ann Lee’s bridge"),
        (patterns.SHOW_IN_MARKS, "called it “Morning”"),
        (patterns.SHOW_IN_MARKS, "on “no account” whatever"),
        (patterns.NETWORK_OF_SHOW, "on the "),
        (patterns.SAME_OUTLET, "she told the paper’s editor"),
        (patterns.SAME_OUTLET, "in the interview with Lee"),
        (patterns.SAME_OUTLET, "she told the court"),
        (patterns.SAME_OUTLET, "she told the programme’s host"),
        (patterns.SAME_NETWORK, "a user of the bridge"),
        (patterns.SAME_NETWORK, "Hale posted a letter"),
        (patterns.NETWORK_USER, "Twitter said"),
        (patterns.TAKEN_FROM, "first reported by Reuters"),
        (patterns.TAKEN_FROM, "according to audio given to The Times"),
        (patterns.REPORTS, "Hale writes Reuters a letter"),
        (patterns.REPORTED, "Reuters reported that"),
        (patterns.AUTHOR_OF, "the mayor of The Times"),
        (patterns.OUTLET_S_AUTHOR, "Times manager Hale"),
        (patterns.INTERVIEWER, "she told him"),
    ],
)
def test_pattern_does_not_match(pattern: regex.Pattern[str], text: str) -> None:
    assert pattern.search(text) is None


def test_noun_of_a_show_before_the_marks() -> None:
    matches = map(patterns.SHOW_IN_MARKS.search, ("on the show “The View”", "on CNN’s “The View”"))
    assert [bool(match and match["after_show"]) for match in matches] == [True, False]


TAKEN = [
    (patterns.TAKEN_FROM, "via Ann Lee of the |Post"),
    (patterns.TAKEN_FROM, "according to |Reuters"),
    (patterns.TAKEN_FROM, "according to a new report by |Reuters"),
    (patterns.REPORTS, "“It holds,” said Hale, reports |Reuters"),
    (patterns.AUTHOR_OF, "the editor of the |Post"),
    (patterns.AUTHOR_OF, "a columnist for |Reuters"),
]


@pytest.mark.parametrize(("pattern", "example"), TAKEN)
def test_other_lead_ins_may_end_where_the_name_begins(pattern: regex.Pattern[str], example: str) -> None:
    text, [name] = marked(example)
    match = pattern.search(text)
    assert match is not None
    assert match.end() in (name, text.index("Ann") if "Ann" in text else name)


@pytest.mark.parametrize(
    ("pattern", "example"),
    [
        (patterns.REPORTED, "the Post| reported."),
        (patterns.REPORTED, "the Post| reported on Monday"),
        (patterns.OUTLET_S_AUTHOR, "Al Wafd| editor Ann Lee"),
        (patterns.OUTLET_S_AUTHOR, "the Post’s Times| political columnist Ann Lee"),
    ],
)
def test_words_after_a_name(pattern: regex.Pattern[str], example: str) -> None:
    text, [end] = marked(example)
    match = pattern.search(text)
    assert match is not None
    assert match.start() == end


def test_words_before_a_name_that_only_saw_a_text() -> None:
    assert patterns.ONLY_SEEN.search("staff seen by ")
    assert patterns.ONLY_SEEN.search("both sides of the ")
    assert not patterns.ONLY_SEEN.search("the broadcaster ")


def test_what_is_named_after_an_outlet() -> None:
    assert patterns.NAMED_AFTER.match(" lunch on Monday")
    assert patterns.NAMED_AFTER.match("’s board")
    assert not patterns.NAMED_AFTER.match(" on Monday")
    assert not patterns.NAMED_AFTER.match("’s Breakfast show")


def test_verbs_of_quoting() -> None:
    assert patterns.QUOTED_BY.search("Interfax quoted Hale as saying")
    assert patterns.QUOTED_BY.search("The Interfax news agency quotes Hale")
    assert not patterns.QUOTED_BY.search("Interfax said")


@pytest.mark.parametrize("before", ["is a host ", "a contestant ", "she starred "])
def test_part_in_a_show(before: str) -> None:
    assert patterns.PART_IN_SHOW.search(before)
    assert not patterns.PART_IN_SHOW.search(f"{before}and spoke ")


@pytest.mark.parametrize(
    "text",
    [
        "she tweeted",
        "retweeted it",
        "tweeting that",
        "in a tweet Monday: “No.”",
        "a tweet saying",
        "in a series of tweets",
        "her Twitter followers",
    ],
)
def test_tweets(text: str) -> None:
    assert patterns.TWEET.search(text)


@pytest.mark.parametrize(
    "text", ["his tweets are many", "the tweet was deleted", "Twitter said", "birds tweet"]
)
def test_other_words_about_tweets(text: str) -> None:
    assert not patterns.TWEET.search(text)


ELSEWHERE = [
    (1, "told a small crowd"),
    (1, "told 2,000 supporters"),
    (2, "in a written statement"),
    (2, "in her memoir"),
    (3, "at a rally"),
    (3, "during Monday’s debate"),
    (4, "in court"),
    (5, "in an interview."),
    (5, "in a phone interview last week"),
    (6, "issued a brief statement"),
    (7, "told me"),
    (7, "on a conference call"),
    (7, "to a crowd"),
    (8, "outside the Capitol"),
]


@pytest.mark.parametrize(("case", "text"), ELSEWHERE)
def test_words_given_elsewhere(case: int, text: str) -> None:
    assert patterns.ELSEWHERE.search(text)


def test_every_case_of_elsewhere_has_an_example() -> None:
    numbers = regex.findall(r"^ +# (\d+)\. ", patterns.ELSEWHERE.pattern, regex.MULTILINE)
    assert sorted(map(int, numbers)) == sorted({case for case, _ in ELSEWHERE})


@pytest.mark.parametrize(
    "text", ["told the Herald", "in an interview with Lee", "in an op-ed", "at home", "issued a licence"]
)
def test_words_not_given_elsewhere(text: str) -> None:
    assert not patterns.ELSEWHERE.search(text)
