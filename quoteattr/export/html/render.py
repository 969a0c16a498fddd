"""Renders results as HTML: articles with their speakers, and utterances with their occurrences.

A page works offline and without scripts. The text of an article never becomes markup, because each value is
passed through `displayable` and Jinja's escaping.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import attrs
import jinja2
from markupsafe import Markup

from quoteattr.export.html.article_view import HUES, SURE_STEPS, ArticleView
from quoteattr.export.html.utterance_view import UtterancesView
from quoteattr.layout import CONTROL_SYMBOLS
from quoteattr.records import cut_confidence, made_by
from quoteattr.schema import AttributedArticle, Utterance

Value = TypeVar("Value")

# White space or a control character, which no address has.
_NO_ADDRESS = re.compile(r"[\s\x00-\x1f]")
_SYMBOLS = {
    **{code: symbol for code, symbol in CONTROL_SYMBOLS.items() if chr(code) not in "\t\n\r"},
    **dict.fromkeys((0xFFFE, 0xFFFF), 0xFFFD),
}
"""The symbols for characters that HTML cannot contain: control characters and lone surrogates."""


def to_html(results: AttributedArticle | Iterable[AttributedArticle]) -> str:
    """An HTML document that shows one attributed article, or several below each other.

    Args:
        results: the result of `quoteattr.attribute` or `quoteattr.attribute_many`.

    Returns:
        The document, which needs no network and no script.

    Raises:
        TypeError: if `results` contains anything but attributed articles.

    >>> from quoteattr.schema import Article
    >>> to_html(AttributedArticle(Article("“Go,” she said.", id="a1"))).splitlines()[0]
    '<!doctype html>'
    """
    articles = _checked(results, AttributedArticle)
    name = articles[0].article.id if len(articles) == 1 else None
    title = f"Quotations in {name}" if name else "Quotations"
    return _page("article.html", title, [ArticleView.of(result) for result in articles])


def article_fragment(result: AttributedArticle) -> str:
    """An HTML fragment that shows an attributed article, with a style sheet of its own, for notebooks.

    >>> from quoteattr.schema import Article
    >>> article_fragment(AttributedArticle(Article("“Go,” she said.")))[:25]
    '<div class="qa-fragment">'
    """
    return _fragment("article.html", [ArticleView.of(result)])


def utterances_to_html(utterances: Iterable[Utterance], *, every: bool = False) -> str:
    """An HTML document that shows utterances: each occurrence under the canonical wording.

    Args:
        utterances: the result of `quoteattr.deduplicate`.
        every: whether to show utterances with a single occurrence; by default only their number is shown.

    Returns:
        The document, which needs no network and no script.

    Raises:
        TypeError: if `utterances` contains anything but utterances.

    >>> "No line appears in more than one place" in utterances_to_html([])
    True
    """
    view = UtterancesView.of(_checked(utterances, Utterance), every)
    return _page("utterances.html", "Lines across articles", [view])


def utterance_to_html(utterance: Utterance) -> str:
    """An HTML document that shows one utterance with all its occurrences.

    >>> utterance_to_html(Utterance("Go", None, ()))[:15]
    '<!doctype html>'
    """
    return utterances_to_html([utterance], every=True)


def utterance_fragment(utterance: Utterance) -> str:
    """An HTML fragment that shows an utterance, with a style sheet of its own, for notebooks.

    >>> utterance_fragment(Utterance("Go", None, ())).count("<blockquote>")
    1
    """
    return _fragment("utterances.html", [UtterancesView.of([utterance], every=True)])


def _checked(values: Value | Iterable[Value], kind: type[Value]) -> list[Value]:
    """The values as a list; raises a TypeError if one is of another kind."""
    is_single = isinstance(values, kind) or not isinstance(values, Iterable)
    found: list[Any] = [values] if is_single else list(values)  # type: ignore[arg-type]
    for value in found:
        if not isinstance(value, kind):
            raise TypeError(
                f"expected {kind.__name__}, or an iterable of them, got {type(value).__name__}: {value!r:.60}"
            )
    return found


# Templates


Views = Sequence[ArticleView] | Sequence[UtterancesView]


def _page(template: str, title: str, views: Views) -> str:
    style = _style(views)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    body = _body(template, views, "h1")
    page = _templates().get_template("page.html")
    return page.render(
        title=title, generator=made_by(), style=style, style_hash=f"sha256-{digest}", body=body
    )


def _fragment(template: str, views: Views) -> str:
    fragment = _templates().get_template("fragment.html")
    return fragment.render(style=_style(views), body=_body(template, views, "p"))


def _body(template: str, views: Views, heading: str) -> Markup:
    # A notebook may show several results, whose element ids must differ: a hash of the content is the prefix.
    content = repr(list(map(attrs.asdict, views)))  # representations of results leave out most of a text
    key = "qa" + hashlib.sha256(content.encode("utf-8", "backslashreplace")).hexdigest()[:8]
    return Markup(_templates().get_template(template).render(views=views, heading=heading, key=key))


def _style(views: Views) -> Markup:
    most = max((len(view.speakers) for view in views), default=0)
    return Markup(_templates().get_template("style.css").render(hues=HUES, steps=SURE_STEPS, speakers=most))


@cache
def _templates() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("quoteattr.export.html"),
        autoescape=jinja2.select_autoescape(["html"]),
        finalize=displayable,
        undefined=jinja2.StrictUndefined,
    )
    templates.globals.update(percent=percent, day=day)
    templates.tests["web_address"] = web_address
    return templates


def displayable(value: object) -> object:
    """Returns a value that HTML can contain: in strings, a symbol replaces each control character; None is
    "".

    >>> displayable("a\\x00b\\ud800"), displayable(3), displayable(None)
    ('a␀b�', 3, '')
    """
    if value is None:
        return ""
    return value.translate(_SYMBOLS) if isinstance(value, str) else value


def percent(share: float) -> str:
    """Returns a share in per cent, cut so that one below a threshold does not seem to reach it. 0% is
    returned only for exactly 0.

    >>> percent(0.937), percent(0.9999), percent(1.0), percent(0.001)
    ('93%', '99%', '100%', '1%')
    """
    cut = round(100 * cut_confidence(share, 2))
    return f"{max(cut, 1) if share > 0 else cut}%"


def day(date: datetime.date) -> str:
    """A day in a short form.

    >>> day(datetime.date(2021, 11, 4))
    '4 Nov 2021'
    """
    return f"{date.day} {date:%b %Y}"


def web_address(url: str) -> bool:
    """Whether a URL is safe as a link: http or https, with a host.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("http://[")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not _NO_ADDRESS.search(url)
