"""The pages in headless Chromium: pointer, keyboard, print, dark scheme and accessibility.

Needs the extra ``browser`` and a Chromium; without them all tests are skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from quoteattr.export.html import render
from quoteattr.export.html.article_view import HUES, UNDERLINES
from quoteattr.schema import Article, AttributedArticle, Attribution, Quotation, Span, Speaker
from tests import browser as browsers
from tests.shown import BRANDT, TEXT, article, attribution, utterance

pytest.importorskip("playwright.sync_api", reason='no Playwright: pip install "quoteattr[browser]"')
if browsers.executable() is None:
    pytest.skip(
        "no Chromium: apt-get install chromium, or name one in QUOTEATTR_BROWSER", allow_module_level=True
    )

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

TIMEOUT = 60_000
"""Milliseconds that a browser on a busy machine may take for one step."""
HIT = (
    '<script>hit = 1</script><img src=x onerror=\'hit = 1\'>" autofocus onfocus="hit = 1" '
    "\N{RIGHT-TO-LEFT OVERRIDE}"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsers.running(scrollbars=True) as found:
        yield found


Open = Callable[..., "Page"]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a page from a file and checks at the end that it loaded, logged and asked nothing."""
    noise: list[str] = []
    pages: list[Page] = []

    def dismissed(dialog: Dialog) -> None:
        noise.append(dialog.message)
        dialog.dismiss()

    def show(html: str, width: int = 1280, **options: Any) -> Page:
        path = tmp_path / f"{len(pages)}.html"
        path.write_bytes(html.encode())
        page = browser.new_page(viewport={"width": width, "height": 900}, **options)
        page.set_default_timeout(TIMEOUT)
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("dialog", dismissed)
        page.on(
            "request", lambda request: noise.append(request.url) if request.url != path.as_uri() else None
        )
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield show
    for page in pages:
        page.close()
    assert noise == []


def hostile() -> AttributedArticle:
    """An article that tries to run a script from every place where its words are."""
    text = f"“{HIT}” {HIT} said.\0\n\n“\x1b[31mRed”"
    speaker = Speaker(HIT, "person", (HIT,))
    found = attribution(text, Span.of(text, 0, len(HIT) + 2), speaker, decided_by=HIT)
    return AttributedArticle(Article(text, HIT, HIT, url="javascript:hit=1"), (found,), (speaker,))


def crowd() -> AttributedArticle:
    """Thirty-one speakers: one more than colours and underlines can distinguish."""
    text = "\n".join(f"“Number {n},” said P{n}." for n in range(HUES * UNDERLINES + 1))
    spans = [Span.of(text, at, text.index("”", at) + 1) for at in range(len(text)) if text[at] == "“"]
    found = [attribution(text, span, Speaker(f"P{n}", "person")) for n, span in enumerate(spans)]
    return AttributedArticle(Article(text), tuple(found))


def crossing() -> AttributedArticle:
    """Quotations that cross each other and a paragraph."""
    text = "abcdefgh ijkl\n\nmnop qrst"
    spans = [Span.of(text, 0, 8), Span.of(text, 4, 19), Span.of(text, 4, 8)]
    found = [Attribution(Quotation(s, s), speaker=Speaker(s.text, "person")) for s in spans]
    return AttributedArticle(Article(text), tuple(found))


def paragraphs(page: Page) -> list[str]:
    """The paragraphs of the page without notes."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll('.text p')].map(p => {
            const copy = p.cloneNode(true); copy.querySelectorAll('.note').forEach(n => n.remove());
            return copy.textContent })"""
        )
    )


def tinted(page: Page) -> list[bool]:
    """Whether each quotation has its colour."""
    return list(
        page.locator("mark").evaluate_all(
            "marks => marks.map(mark => getComputedStyle(mark).backgroundImage != 'none')"
        )
    )


def shown_notes(page: Page) -> list[str]:
    """The speakers of the visible notes."""
    return [note.locator(".head b").inner_text() for note in page.locator(".note").all() if note.is_visible()]


def inside(page: Page, selector: str) -> bool:
    """Whether the visible element of a selector is inside the window."""
    box, size = page.locator(f"{selector}:visible").bounding_box(), page.viewport_size
    assert box is not None
    assert size is not None
    return box["x"] >= 0 and box["x"] + box["width"] <= size["width"] and box["y"] >= 0 and (
        box["y"] + box["height"] <= size["height"]
    )  # fmt: skip


@pytest.mark.parametrize("made", [article, hostile, crowd, crossing], ids=lambda made: made.__name__)
def test_an_article_opens_with_its_text_unchanged(show: Open, made: Callable[[], AttributedArticle]) -> None:
    result = made()
    page = show(result.to_html())
    text = result.article.text.replace("\0", "␀").replace("\x1b", "␛")
    assert paragraphs(page) == [part for part in text.split("\n") if part]
    assert page.evaluate("typeof hit") == "undefined"
    assert page.locator("script, img, [onerror], [onfocus], a:not([href^='#'])").count() == (made is article)


def test_an_utterance_opens(show: Open) -> None:
    page = show(utterance().to_html())
    publishers = page.locator(".where > b").all_inner_texts()
    assert publishers == ["The Record", "Daily News", "The Globe", "The Post"]


def test_hostile_words_run_no_script_without_a_policy(show: Open) -> None:
    page = show(f"<!doctype html><meta charset=utf-8><title>host</title>{hostile()._repr_html_()}")
    page.keyboard.press("Tab")
    assert page.evaluate("typeof hit") == "undefined"


def test_hovering_over_a_quotation_shows_only_its_note(show: Open) -> None:
    page = show(article().to_html())
    assert shown_notes(page) == []
    page.get_by_text("We have the money").hover()
    assert shown_notes(page) == ["Ida Holm"]
    page.get_by_text("A promise is a debt").hover()
    assert shown_notes(page) == ["mother"]
    assert inside(page, ".note")


def test_the_tab_key_visits_names_and_quotations_in_order(show: Open) -> None:
    page = show(article().to_html())
    page.keyboard.press("Tab")  # the link to the article
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.value ?? document.activeElement.tagName"))
    assert stops == ["0", "A", "1", "A", "2", "A", *["MARK"] * 6]
    assert shown_notes(page) == ["No speaker"]
    described = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    )
    assert "nobody is quoted" in described


def test_a_doubtful_answer_is_hatched(show: Open) -> None:
    page = show(article().to_html())
    grounds = page.locator("mark").evaluate_all("all => all.map(m => getComputedStyle(m).backgroundImage)")
    assert ["repeating" in ground for ground in grounds] == [True, *[False] * 5]
    assert page.locator(".by").first.inner_text() == "Ida Holm ?"


def test_ticking_a_name_removes_the_colours_of_others(show: Open) -> None:
    page = show(article().to_html())
    assert tinted(page) == [True] * 6
    page.get_by_role("checkbox", name="mother").focus()
    page.keyboard.press("Space")
    assert tinted(page) == [False, False, False, True, False, False]
    assert page.locator(".by:visible").all_inner_texts() == ["mother"]
    page.get_by_role("checkbox", name="Ida Holm").check()
    assert tinted(page) == [True, True, True, True, True, False]
    page.get_by_role("button", name="Show all").click()
    assert tinted(page) == [True] * 6
    assert not page.get_by_role("button", name="Show all").is_visible()


def test_ticking_a_name_hides_the_utterances_of_others(show: Open) -> None:
    page = show(
        render.utterances_to_html([utterance(), attrs.evolve(utterance(), text="Another", speaker=BRANDT)])
    )
    page.get_by_role("checkbox", name="Rolf Brandt").check()
    assert page.locator("blockquote:visible").all_inner_texts() == ["Another"]


def test_the_enter_key_on_a_name_submits_nothing(show: Open) -> None:
    page = show(article()._repr_html_())
    before = page.url
    page.get_by_role("checkbox", name="mother").press("Enter")
    assert page.url == before


def test_two_results_in_one_notebook_are_filtered_apart(show: Open) -> None:
    other = attrs.evolve(article(), article=Article(TEXT, id="other"))
    page = show(article()._repr_html_() + other._repr_html_())
    page.locator(".pick").first.check()
    assert tinted(page) == [True, True, True, False, True, False, *[True] * 6]


def left_edge(page: Page, selector: str, words: str) -> float:
    """The left edge of some words, in pixels."""
    return float(
        page.locator(selector).evaluate(
            """(root, words) => {
            const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            for (let text; (text = texts.nextNode()); ) {
                const at = text.data.indexOf(words);
                if (at < 0) continue;
                range.setStart(text, at);
                range.setEnd(text, at + words.length);
                return range.getBoundingClientRect().x;
            }
        }""",
            words,
        )
    )


def test_words_are_aligned_with_the_wording(show: Open) -> None:
    page = show(utterance().to_html())
    rows = ["blockquote", *(f".occurrence:nth-child({n}) .words > p" for n in (1, 2))]
    left = [left_edge(page, row, "first snow") for row in rows]
    assert left == pytest.approx([left[0]] * 3, abs=0.5)


def test_as_printed_opens_by_keyboard(show: Open) -> None:
    page = show(utterance().to_html())
    page.locator("summary").first.press("Enter")
    assert "told the Valley Times" in page.locator(".excerpt:visible").inner_text()


@pytest.mark.parametrize("made", [crowd, article, utterance], ids=lambda made: made.__name__)
def test_the_page_never_scrolls_sideways(show: Open, made: Callable[[], Any]) -> None:
    page = show(made().to_html())
    for width in (1280, 1000, 700, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if made is article:
            page.locator("mark").nth(4).focus()
            assert inside(page, ".note")


@pytest.mark.parametrize("made", [crowd, article, utterance], ids=lambda made: made.__name__)
def test_nothing_sticks_out_of_the_legend(show: Open, made: Callable[[], Any]) -> None:
    page = show(made().to_html())
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        inner, outer = page.locator(".side").evaluate("side => [side.scrollWidth, side.clientWidth]")
        assert inner <= outer
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_name_of_a_speaker_leads_to_the_first_quotation(show: Open) -> None:
    page = show(crowd().to_html())
    page.get_by_role("link", name="P30").click()
    assert page.url.endswith("#q31")
    box = page.locator("#q31").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900


@pytest.mark.parametrize("selector", ["mark", ".by", ".entry .name"])
def test_speakers_are_told_apart_without_seeing_colours(show: Open, selector: str) -> None:
    page = show(crowd().to_html())
    numbers = page.locator(selector).evaluate_all(
        "all => all.map(one => getComputedStyle(one, '::before').content.replaceAll(/\\D/g, ''))"
    )
    assert numbers == [str(number) for number in range(1, HUES * UNDERLINES + 2)]


def test_a_sure_answer_has_a_longer_line(show: Open) -> None:
    page = show(article().to_html())
    sizes = page.locator("mark").evaluate_all("all => all.map(m => getComputedStyle(m).backgroundSize)")
    assert [size.split()[0] for size in sizes] == ["40%", *["90%"] * 4, "0%"]


def test_a_narrow_window_folds_the_legend(show: Open) -> None:
    page = show(article().to_html(), width=390)
    assert not page.locator(".legend").is_visible()
    text = page.locator(".text").bounding_box()
    assert text is not None
    assert text["y"] < 300
    page.get_by_label("Speakers", exact=True).check()
    assert page.locator(".legend").is_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator(".legend").is_visible()
    assert not page.locator(".fold").is_visible()


def test_print_is_white_in_the_dark_scheme(show: Open) -> None:
    page = show(article().to_html(), color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(23, 22, 20)"
    page.locator("mark").first.focus()
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert shown_notes(page) == []
    assert page.locator(".by > bdi:visible").all_inner_texts() == [
        "Ida Holm",
        "Ida Holm",
        "mother",
        "Ida Holm",
    ]
    assert tinted(page) == [True] * 6
    page.set_viewport_size({"width": 672, "height": 900})  # A4 within margins of 16 mm
    text, name = (page.locator(at).first.bounding_box() for at in (".text p", ".by"))
    assert text is not None
    assert name is not None
    assert name["x"] > text["x"] + text["width"]
    assert page.pdf().startswith(b"%PDF")


def test_forced_colours_leave_quotations_marked(show: Open) -> None:
    page = show(article().to_html(), forced_colors="active")
    assert page.locator("mark").first.evaluate("m => getComputedStyle(m).borderBottomStyle") == "solid"


@pytest.mark.parametrize("width", [390, 768])
@pytest.mark.parametrize("made", [article, crowd, utterance], ids=lambda made: made.__name__)
def test_axe_finds_nothing_in_narrow_windows(show: Open, made: Callable[[], Any], width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = show(made().to_html(), width=width)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate("Promise.all(document.getAnimations().map(running => running.finished))")
        found = axe.run(page).response
        assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []


@pytest.mark.parametrize("made", [article, crowd, utterance], ids=lambda made: made.__name__)
def test_axe_finds_nothing(show: Open, made: Callable[[], Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = show(made().to_html())
    for scheme in ("light", "dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate("Promise.all(document.getAnimations().map(running => running.finished))")
        found = axe.run(page).response
        assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
        page.locator(".pick").first.check()
        page.locator("mark, summary").last.focus()
