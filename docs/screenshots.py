"""Creates the pictures and example pages of the documentation from the articles in seeds/.

They are docs/images/*.png and docs/gallery/*.html. docs/images/shown.json says what they show; a test
compares it with what the library answers today.

    pip install -e ".[browser]"         # and Chromium: apt-get install chromium
    python -m docs.screenshots          # all; or name some: python -m docs.screenshots lines

The days and papers below are invented, as the articles are. Pages use the fonts of the reader's system; the
pictures in docs/images use Charis SIL and Inter (Debian's fonts-sil-charis and fonts-inter).
"""

from __future__ import annotations

import datetime
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import attrs

import quoteattr
from quoteattr.export.html import utterances_to_html
from tests.browser import running

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
GALLERY = ROOT / "docs" / "gallery"
SHOWN = IMAGES / "shown.json"
SCALE = 2
"""Pixels of the picture per pixel of the page: 2 is sharp on high-resolution screens."""
COLOURS = 256
"""Colours of a picture: enough for text on tints, with files half as large."""

PAPERS = {
    "reservoir-tabloid.txt": ("Daily Dispatch", datetime.date(2022, 7, 17)),
    "reservoir-broadsheet.txt": ("The Courier", datetime.date(2022, 7, 18)),
    "ridge-fire.txt": ("The Record", datetime.date(2022, 9, 2)),
    "clipboard.txt": ("State Journal", datetime.date(2022, 9, 3)),
    "ballpark.txt": ("The Tribune", datetime.date(2023, 3, 5)),
}


def article(name: str) -> quoteattr.Article:
    """One of the project's own articles, with an invented publisher and date."""
    text = (ROOT / "seeds" / "articles" / name).read_bytes().decode("utf-8")
    publisher, published = PAPERS[name]
    return quoteattr.Article(text, id=name, publisher=publisher, published=published)


@attrs.frozen
class Picture:
    """A picture: the page, the size of the window, and an action before the picture is taken."""

    make: Callable[[], str]
    size: tuple[int, int]
    scheme: Any = "light"
    act: Callable[[Page], object] = lambda page: None


# An entry of the legend: the name and the number of quotations.
_ENTRY = re.compile(
    r'<span class="name"[^>]*>(?:<a [^>]*>)?(?:<bdi>)?(.*?)(?:</bdi>)?(?:</a>)?</span>'
    r'\s*<span class="count">(\d+)'
)


def shown(page: str) -> dict[str, int]:
    """The speakers in the legend of a page, each with the number of quotations.

    >>> shown(quoteattr.attribute("“Go,” said Ann Lee.").to_html())
    {'Ann Lee': 1}
    """
    return {name: int(count) for name, count in _ENTRY.findall(page)}


def shared_lines() -> str:
    """The utterances that two papers print differently, as a page."""
    lines = quoteattr.deduplicate(quoteattr.attribute_many(map(article, PAPERS)))
    shared = [line for line in lines if len(line.publishers) > 1]
    return utterances_to_html(line for line in shared if {a.relation for a in line.appearances} != {"whole"})


PICTURES = {
    "article": Picture(
        lambda: quoteattr.attribute(article("reservoir-tabloid.txt")).to_html(),
        (1240, 860),
        act=lambda page: page.get_by_text("Nobody in this country").hover(),
    ),
    "article-dark": Picture(
        lambda: quoteattr.attribute(article("ballpark.txt")).to_html(),
        (1240, 860),
        scheme="dark",
        act=lambda page: page.get_by_role("checkbox", name="Luis Ferrer").check(),
    ),
    "article-narrow": Picture(lambda: quoteattr.attribute(article("ridge-fire.txt")).to_html(), (390, 760)),
    "lines": Picture(shared_lines, (1240, 860), act=lambda page: page.locator("summary").nth(1).click()),
}

PAGES = ("article", "article-narrow", "lines")
"""Pictures whose pages are kept in docs/gallery."""


def take(page: Page, picture: Picture, html: str, folder: Path) -> bytes:
    """The picture as the bytes of a PNG file."""
    from PIL import Image

    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    page.goto(path.as_uri())
    picture.act(page)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = io.BytesIO()
    # Coverage preserves the colours of small areas, k-means those of large ones.
    few = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    few.save(small, "png", optimize=True)
    return small.getvalue()


def main(names: list[str]) -> None:
    """Takes the pictures with these names, or all."""
    facts = json.loads(SHOWN.read_text(encoding="utf-8")) if names else {}
    with running() as browser, TemporaryDirectory() as folder:
        for name in names or PICTURES:
            picture = PICTURES[name]
            width, height = picture.size
            page = browser.new_page(
                viewport={"width": width, "height": height},
                device_scale_factor=SCALE,
                color_scheme=picture.scheme,
            )
            page.set_default_timeout(120_000)
            html = picture.make()
            facts[name] = shown(html)
            if name in PAGES:
                (GALLERY / f"{name}.html").write_text(html, encoding="utf-8")
            raw = take(page, picture, html, Path(folder))
            (IMAGES / f"{name}.png").write_bytes(raw)
            print(f"docs/images/{name}.png  {len(raw) / 1024:.0f} KiB")
            page.close()
    SHOWN.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
