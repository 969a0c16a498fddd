"""The HTML of the pages: escaping, content security policy and contrast, without a browser."""

from __future__ import annotations

import base64
import datetime
import hashlib
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quoteattr
from quoteattr.coreference.registry import STEPS
from quoteattr.detection.quotations import find_quotations
from quoteattr.export.html import render
from quoteattr.export.html.article_view import HUES
from quoteattr.schema import Article, AttributedArticle, Attribution, Mention, Outlet, Speaker, Utterance
from tests.shown import HOLM, TEXT, WORDING, article, utterance

STYLE = (Path(quoteattr.__file__).parent / "export" / "html" / "templates" / "style.css").read_text(
    encoding="utf-8"
)
HOSTILE = """</style><script>alert(1)</script><img src=x onerror=alert(1)>" onclick='alert(1)' {{7*7}} &lt;"""
TAME = re.sub(r"[^\w ]", "x", HOSTILE)


class Elements(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def everywhere(words: str) -> tuple[AttributedArticle, Utterance]:
    """An article and an utterance with some words in every place where a caller's words can be."""
    text = f"“{words}” {words} {words} {words}."
    spans = [match.span() for match in re.finditer(re.escape(words), text)]
    quoted, cue, mention, outlet = (quoteattr.Span.of(text, *at) for at in spans)
    speaker = Speaker(words, "person", (words,))
    outer = quoteattr.Span.of(text, 0, quoted.end + 1)
    attribution = Attribution(
        quoteattr.Quotation(quoted, outer), cue, Mention(mention, "name"), speaker, Outlet(words, outlet),
        0, 0.5, words,
    )  # fmt: skip
    printed = Article(text, words, words, datetime.date(2022, 5, 2), "javascript:" + words)
    appearance = quoteattr.Appearance(printed, attribution, "edited", Outlet(words, outlet), True)
    edit = quoteattr.Edit(quoted, quoted)
    appearance = attrs.evolve(appearance, edits=(edit,))
    conflict = quoteattr.Conflict("speaker", appearance, words)
    elsewhere = quoteattr.Conflict("speaker", attrs.evolve(appearance, relation="whole"), words)
    said = Utterance(text, speaker, (appearance,), (words,), (words,), (conflict, elsewhere))
    return AttributedArticle(printed, (attribution,), (speaker,)), said


class TestEscaping:
    @pytest.mark.parametrize("which", [0, 1])
    def test_hostile_words_do_not_become_markup(self, which: int) -> None:
        tame, hostile = (Elements(everywhere(words)[which].to_html()) for words in (TAME, HOSTILE))
        assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in tame.tags]
        assert [set(found) for _, found in hostile.tags] == [set(found) for _, found in tame.tags]
        assert not any(tag in ("script", "img", "iframe") for tag, _ in hostile.tags)
        links = [found["href"] or "" for tag, found in hostile.tags if tag == "a"]
        assert all(re.fullmatch(r"#q\d+", link) for link in links)
        assert HOSTILE in "".join(hostile.words)

    @given(st.text(st.characters(codec=None, exclude_categories=()), max_size=40))
    @settings(max_examples=50, deadline=None)
    def test_every_text_gives_valid_characters(self, text: str) -> None:
        result = AttributedArticle(Article(text), tuple(map(Attribution, find_quotations(text))))
        page = render.to_html(result)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", page)
        page.encode()

    def test_links_lead_to_the_web_only(self) -> None:
        for url, linked in (("https://example.org/?a=1&b=2", True), ("javascript:alert(1)", False)):
            result = AttributedArticle(Article("It rained.", url=url))
            links = [found for tag, found in Elements(result.to_html()).tags if tag == "a"]
            assert [link["href"] for link in links] == ([url] if linked else [])

    def test_names_are_isolated_from_the_text_direction(self) -> None:
        page = everywhere("\N{RIGHT-TO-LEFT OVERRIDE}abc")[0].to_html()
        names = re.findall(r'class="(?:name|by [^"]*)"[^>]*>(?:<a [^>]*>)?(<bdi>)?', page)
        assert set(names) == {"<bdi>"}


class TestPage:
    @pytest.mark.parametrize("page", [article().to_html(), utterance().to_html()], ids=["article", "line"])
    def test_nothing_is_loaded_and_no_script_runs(self, page: str) -> None:
        found = Elements(page)
        policy = next(a["content"] for t, a in found.tags if a.get("http-equiv") == "Content-Security-Policy")
        style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]  # type: ignore[index]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert policy == (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        assert not re.search(r"url\(|@import|@font-face", style)
        loading = {"src", "srcset", "style", "background", "poster", "data"}
        names = {name for _, attributes in found.tags for name in attributes}
        assert {tag for tag, _ in found.tags} & {"script", "link", "iframe", "img", "object"} == set()
        assert {name for name in names if name in loading or name.startswith("on")} == set()

    def test_the_text_is_unchanged(self) -> None:
        page = re.sub(r'(?s)<span class="note".*?</code></span>\n</span>', "", article().to_html())
        paragraphs = re.findall(r"<p(?: class=\"spaced\")?>(.*?)</p>", page, re.DOTALL)
        shown = ["".join(Elements(paragraph).words) for paragraph in paragraphs]
        assert shown == TEXT.split("\n\n")

    def test_a_note_has_speaker_reason_outlet_and_confidence(self) -> None:
        notes = re.findall(r'(?s)<span class="note".*?</code></span>\n</span>', article().to_html())
        second = " ".join("".join(Elements(notes[1]).words).split())
        assert second == (
            "Ida Holm 90% sure Why A verb of saying follows right after it. Ms Holm told "
            "Who Ms Holm is Ida Holm. Where Given to Valley Times. Also Ms Holm, the mayor "
            "Link #q2 Rule after_quotation"
        )
        assert "No speaker" in notes[-1]

    def test_a_note_says_how_the_speaker_was_identified(self) -> None:
        pronoun = article().attributions[4]
        resolved = attrs.evolve(pronoun, resolved_by="quoted_speaker")
        page = attrs.evolve(article(), attributions=(resolved,)).to_html()
        words = " ".join("".join(Elements(page).words).split())
        assert f"she is Ida Holm. {STEPS['quoted_speaker'].reason}" in words
        assert "Sieve quoted_speaker" in words

    def test_quotations_can_be_tabbed_to_and_are_described(self) -> None:
        found = Elements(article().to_html())
        marks = [a for tag, a in found.tags if tag == "mark"]
        ids = [a["id"] for tag, a in found.tags if "id" in a and tag != "mark"]
        assert [mark["id"] for mark in marks] == [f"q{n}" for n in range(1, 7)]
        assert [mark["tabindex"] for mark in marks] == ["0"] * 6
        assert [mark["aria-describedby"] for mark in marks] == ids
        assert len(set(ids)) == 6

    def test_a_quotation_over_two_paragraphs_is_focused_once(self) -> None:
        text = "“One.\n\nTwo.” Three."
        whole = quoteattr.Span.of(text, 0, 12)
        result = AttributedArticle(Article(text), (Attribution(quoteattr.Quotation(whole, whole)),))
        marks = [a for tag, a in Elements(result.to_html()).tags if tag == "mark"]
        assert ["tabindex" in mark for mark in marks] == [True, False]

    def test_identifiers_of_two_articles_differ(self) -> None:
        other = attrs.evolve(article(), article=Article(TEXT, id="other"))
        ids = [a["id"] for _, a in Elements(render.to_html([article(), other])).tags if "id" in a]
        assert len(ids) == len(set(ids)) == 24
        assert {"a1-q1", "a2-q6"} < set(ids)

    def test_links_lead_to_quotations(self) -> None:
        found = Elements(article().to_html())
        ids = {a["id"] for _, a in found.tags if "id" in a}
        links = [(a["href"] or "").removeprefix("#") for tag, a in found.tags if tag == "a"]
        assert [link for link in links if not link.startswith("https")] == ["q1", "q4", "q6"] + [
            f"q{n}" for n in range(1, 7)
        ]
        assert {link for link in links if not link.startswith("https")} <= ids

    def test_the_title_is_followed_by_totals(self) -> None:
        words = " ".join("".join(Elements(article().to_html()).words).split())
        assert "Quotations in bridge.txt" in words
        assert "6 quotations2 speakers1 outlet1 doubtful answer" in words

    def test_a_nested_quotation_says_whose_words_are_around_it(self) -> None:
        notes = re.findall(r'(?s)<span class="note".*?</code></span>\n</span>', article().to_html())
        assert ["the words of <bdi>Ida Holm</bdi>" in note for note in notes] == [
            *[False] * 3,
            True,
            *[False] * 2,
        ]

    def test_equal_printings_are_folded(self) -> None:
        first, *others = utterance().appearances
        again = attrs.evolve(first, article=attrs.evolve(first.article, publisher="The Bugle"))
        words = " ".join(
            "".join(
                Elements(attrs.evolve(utterance(), appearances=(first, again, *others)).to_html()).words
            ).split()
        )
        assert "The same words in 1 more The Bugle" in words
        assert "4 of 4 papers carry it" in words
        assert "First in" not in words

    def test_a_timeline_says_who_was_first(self) -> None:
        words = " ".join("".join(Elements(utterance().to_html()).words).split())
        assert "3 of 3 papers carry it" in words
        assert "2 May 2022 4 May 2022 First in The Record." in words

    def test_a_filter_for_every_speaker(self) -> None:
        for number in range(3):
            assert f'.pick[value="{number}"]:checked' in article().to_html()

    def test_no_quotations(self) -> None:
        assert "No quotations found." in AttributedArticle(Article("It rained.")).to_html()

    @pytest.mark.parametrize("words", ["Valley Times</bdi>, <i>inferred</i>", "words changed", "Rolf Brandt"])
    def test_inferred_changed_and_disputed_words_are_marked(self, words: str) -> None:
        assert words in utterance().to_html()

    def test_utterances_with_one_occurrence_are_counted_or_shown(self) -> None:
        alone = attrs.evolve(utterance(), appearances=utterance().appearances[:1], conflicts=())
        assert "Not shown: 1 line with one place only." in render.utterances_to_html([alone])
        assert f"<bdi>{WORDING}</bdi>" in render.utterances_to_html([alone], every=True)

    @pytest.mark.parametrize("shown", [article(), utterance()], ids=["article", "line"])
    def test_a_notebook_gets_a_fragment(self, shown: AttributedArticle | Utterance) -> None:
        fragment = shown._repr_html_()
        assert fragment.startswith('<div class="qa-fragment"><style>')
        tags = {tag for tag, _ in Elements(fragment).tags}
        assert tags & {"html", "head", "body", "meta", "h1", "script"} == set()

    def test_the_style_of_a_fragment_reaches_nothing_else(self) -> None:
        style = re.sub(r"\{\{.*?\}\}", "0", STYLE)
        style = re.sub(r"(?s)/\*.*?\*/|\{%.*?%\}|@media[^{]*\{", "", style)
        selectors = re.findall(r"([^{}]+)\{[^{}]*\}", style)
        strays = [s.strip() for s in selectors if not s.strip().startswith((".qa", ".qa-page"))]
        assert strays == []

    @pytest.mark.parametrize("wrong", [3, "text", [article(), "text"], None])
    @pytest.mark.parametrize("page", [render.to_html, render.utterances_to_html])
    def test_wrong_arguments(self, page: object, wrong: object) -> None:
        with pytest.raises(TypeError, match=r"expected (AttributedArticle|Utterance), or .* got"):
            page(wrong)  # type: ignore[operator]


# Colours


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Contrast ratio by WCAG 2.2."""
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def schemes() -> dict[str, dict[str, str]]:
    """The colours of both schemes, and of print: the light scheme on white."""
    first, second = (
        dict(re.findall(r"--(\w+): (#\w{6});", block))
        for block in STYLE[: STYLE.index("{%")].split("@media screen and (prefers-color-scheme: dark)")
    )
    return {"light": first, "dark": second, "print": {**first, "paper": "#ffffff"}}


HUE = range(HUES)
INKS, TINTS = [f"ink{n}" for n in HUE], [f"tint{n}" for n in HUE]
READ = [
    *itertools.product(["text", "muted", "warn", *INKS], ["paper", "card"]),
    *itertools.product(["text", "muted"], TINTS),
    *zip(INKS, TINTS, strict=True),
]
"""Pairs of text and background. Filtered quotations may be on the tint of the quotation around them."""
SEEN = [*itertools.product(INKS, TINTS), *itertools.product(["warn", *INKS], ["paper"])]
"""Pairs of a meaningful line or shape and its background: a name may be inside another's quotation."""


@pytest.mark.parametrize("scheme", schemes())
def test_the_schemes_have_the_same_colours(scheme: str) -> None:
    assert set(schemes()[scheme]) == {"paper", "text", "muted", "rule", "warn", "card", *INKS, *TINTS}


@pytest.mark.parametrize("scheme", schemes())
def test_text_reaches_wcag_aa(scheme: str) -> None:
    colours = schemes()[scheme]
    low = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in READ}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", schemes())
def test_lines_and_shapes_reach_wcag_aa(scheme: str) -> None:
    colours = schemes()[scheme]
    low = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in SEEN}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 3} == {}


@pytest.mark.parametrize("scheme", schemes())
def test_neighbouring_tints_differ(scheme: str) -> None:
    tints = [schemes()[scheme][name] for name in TINTS]
    channels = [[int(tint[i : i + 2], 16) for i in (1, 3, 5)] for tint in tints]
    apart = [sum(abs(x - y) for x, y in zip(a, b, strict=True)) for a, b in itertools.pairwise(channels)]
    assert min(apart) >= 30


def test_names_distinguish_speakers_without_colour() -> None:
    beside = re.findall(r'class="by [^"]*" data-number="(\d+)">.*?<bdi>(.*?)</bdi>', article().to_html())
    assert beside == [("1", HOLM.name), ("1", HOLM.name), ("2", "mother"), ("1", HOLM.name)]
    marks = re.findall(r'<mark [^>]*data-number="(\d+)"', article().to_html())
    assert marks == ["1", "1", "1", "2", "1"]
