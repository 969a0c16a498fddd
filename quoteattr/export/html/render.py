"""Results as HTML: an article with its speakers, and lines across articles.

Pages are complete in themselves: no script, nothing fetched. What stands in an article never becomes markup:
every value goes through Jinja's escaping, and through `visible` before it.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from typing import TypeVar
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from quoteattr.export.html.line_views import LinesView
from quoteattr.export.html.views import HUES, ArticleView
from quoteattr.schema import AttributedArticle, Utterance

Value = TypeVar("Value")

_SHOWN = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD),
}
"""Characters that HTML cannot carry (controls, lone surrogates) and the picture that stands for each."""


def to_html(results: AttributedArticle | Iterable[AttributedArticle]) -> str:
    """A complete HTML document that shows one attributed article, or several below each other.

    Args:
        results: what `quoteattr.attribute` or `quoteattr.attribute_many` gave.

    Returns:
        The document. It works from a file, with no network and no script.

    Raises:
        TypeError: if `results` holds anything but attributed articles.

    >>> from quoteattr.schema import Article
    >>> to_html(AttributedArticle(Article("“Go,” she said.", id="a1"))).splitlines()[0]
    '<!doctype html>'
    """
    given = [results] if isinstance(results, AttributedArticle) else checked(results, AttributedArticle)
    name = given[0].article.id if len(given) == 1 else None
    title = f"Quotations in {name}" if name else "Quotations"
    return _page("article.html", title, [ArticleView.of(result) for result in given])


def article_fragment(result: AttributedArticle) -> str:
    """The same as a piece of HTML with its own style sheet, for notebooks and for pages of yours.

    >>> from quoteattr.schema import Article
    >>> article_fragment(AttributedArticle(Article("“Go,” she said.")))[:25]
    '<div class="qa-fragment">'
    """
    return _fragment("article.html", [ArticleView.of(result)])


def utterances_to_html(lines: Iterable[Utterance], *, every: bool = False) -> str:
    """A complete HTML document that shows lines across articles: each printing under the canonical wording.

    Args:
        lines: what `quoteattr.deduplicate` gave.
        every: whether lines that stand in one place only are shown as well; else they are counted.

    Returns:
        The document, as from `to_html`.

    Raises:
        TypeError: if `lines` holds anything but utterances.

    >>> "No line stands in more than one place" in utterances_to_html([])
    True
    """
    given = [lines] if isinstance(lines, Utterance) else checked(lines, Utterance)
    return _page("lines.html", "Lines across articles", [LinesView.of(given, every)])


def utterance_to_html(utterance: Utterance) -> str:
    """A complete HTML document that shows one utterance with all its appearances.

    >>> utterance_to_html(Utterance("Go", None, ()))[:15]
    '<!doctype html>'
    """
    return utterances_to_html([utterance], every=True)


def utterance_fragment(line: Utterance) -> str:
    """One line across articles as a piece of HTML with its own style sheet.

    >>> utterance_fragment(Utterance("Go", None, ())).count("<blockquote>")
    1
    """
    return _fragment("lines.html", [LinesView.of([line], True)])


def checked(values: Iterable[Value], kind: type[Value]) -> list[Value]:
    """The values, if all are of a kind.

    Raises:
        TypeError: if they are not.

    >>> checked([1, "2"], int)
    Traceback (most recent call last):
    TypeError: expected int, or an iterable of them, got str: '2'
    """
    if not isinstance(values, Iterable):
        values = [values]
    found = list(values)
    for value in found:
        if not isinstance(value, kind):
            raise TypeError(
                f"expected {kind.__name__}, or an iterable of them, got {type(value).__name__}: {value!r:.60}"
            )
    return found


# --- templates -------------------------------------------------------------------------------------------


def _page(template: str, title: str, views: list[ArticleView] | list[LinesView]) -> str:
    style = _style(views)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    body = _body(template, views, "h1")
    page = _templates().get_template("page.html")
    return page.render(title=title, style=style, style_hash=f"sha256-{digest}", body=body)


def _fragment(template: str, views: list[ArticleView] | list[LinesView]) -> str:
    fragment = _templates().get_template("fragment.html")
    return fragment.render(style=_style(views), body=_body(template, views, "p"))


def _body(template: str, views: list[ArticleView] | list[LinesView], heading: str) -> Markup:
    # One notebook may show many results: what the identifiers of each begin with comes from its content.
    key = "qa" + hashlib.sha256(repr(views).encode("utf-8", "backslashreplace")).hexdigest()[:8]
    return Markup(_templates().get_template(template).render(views=views, heading=heading, key=key))


def _style(views: list[ArticleView] | list[LinesView]) -> Markup:
    most = max((len(view.voices) for view in views), default=0)
    return Markup(_templates().get_template("style.css").render(hues=HUES, voices=most))


@cache
def _templates() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("quoteattr.export.html"),
        autoescape=jinja2.select_autoescape(["html"]),
        finalize=visible,
        undefined=jinja2.StrictUndefined,
    )
    templates.globals.update(percent=percent, day=day)
    templates.tests["web_address"] = web_address
    return templates


def visible(value: object) -> object:
    """A value that HTML can carry: strings with a picture for each control character.

    >>> visible("a\\x00b\\ud800"), visible(3), visible(None)
    ('a␀b�', 3, '')
    """
    if value is None:
        return ""
    return value.translate(_SHOWN) if isinstance(value, str) else value


def percent(share: float) -> str:
    """A share in whole per cent; neither 0 nor 100 unless it is.

    >>> percent(0.937), percent(0.9999), percent(1.0), percent(0.001)
    ('94%', '99%', '100%', '1%')
    """
    rounded = round(share * 100)
    return f"{min(max(rounded, 1), 99) if 0 < share < 1 else rounded}%"


def day(date: datetime.date) -> str:
    """A day as people write it, in the space of a column.

    >>> day(datetime.date(2021, 11, 4))
    '4 Nov 2021'
    """
    return f"{date.day} {date:%b %Y}"


def web_address(url: str) -> bool:
    """Whether a link may lead there: http or https, and a host.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("http://[")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s\x00-\x1f]", url)
