"""Make the pictures of the documents again: docs/images/*.png, from the articles in seeds/.

    pip install -e ".[browser]"         # and Chromium: apt-get install chromium
    python -m docs.screenshots          # all; or name some: python -m docs.screenshots lines

The days and papers below are as invented as the articles. Pages are set in the reader's own fonts; those in
docs/images are Charis SIL and Inter (Debian's fonts-sil-charis and fonts-inter).
"""

from __future__ import annotations

import datetime
import io
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import attrs

import quoteattr
from quoteattr.export.html.render import lines_page
from tests.browser import running

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
SCALE = 2
"""Pixels of the picture for one of the page: sharp on good screens."""
COLOURS = 256
"""Colours of a picture: enough for type on tints, and the file is half as large."""

PAPERS = {
    "reservoir-tabloid.txt": ("Daily Dispatch", datetime.date(2022, 7, 17)),
    "reservoir-broadsheet.txt": ("The Courier", datetime.date(2022, 7, 18)),
    "ridge-fire.txt": ("The Record", datetime.date(2022, 9, 2)),
    "clipboard.txt": ("State Journal", datetime.date(2022, 9, 3)),
    "ballpark.txt": ("The Tribune", datetime.date(2023, 3, 5)),
}


def article(name: str) -> quoteattr.Article:
    """One of the project's own articles, as a paper that never was printed it."""
    text = (ROOT / "seeds" / "articles" / name).read_bytes().decode("utf-8")
    publisher, published = PAPERS[name]
    return quoteattr.Article(text, id=name, publisher=publisher, published=published)


@attrs.frozen
class Picture:
    """One picture: a page, the window it is seen in, and what is done before it is taken."""

    make: Callable[[], str]
    size: tuple[int, int]
    scheme: Any = "light"
    act: Callable[[Page], object] = lambda page: None


def shared_lines() -> str:
    """The lines that one paper printed otherwise than another."""
    lines = quoteattr.deduplicate(quoteattr.attribute_many(map(article, PAPERS)))
    shared = [line for line in lines if len(line.publishers) > 1]
    return lines_page(line for line in shared if {a.relation for a in line.appearances} != {"whole"})


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
    "lines": Picture(shared_lines, (1240, 860), act=lambda page: page.locator("summary").nth(1).click()),
}


def take(page: Page, picture: Picture, folder: Path) -> bytes:
    """The picture as PNG."""
    from PIL import Image

    path = folder / "page.html"
    path.write_text(picture.make(), encoding="utf-8")
    page.goto(path.as_uri())
    picture.act(page)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = io.BytesIO()
    # Coverage keeps the colours of small things, k-means those of large ones.
    few = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    few.save(small, "png", optimize=True)
    return small.getvalue()


def main(names: list[str]) -> None:
    """Take the pictures of these names, or all."""
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
            raw = take(page, picture, Path(folder))
            (IMAGES / f"{name}.png").write_bytes(raw)
            print(f"docs/images/{name}.png  {len(raw) / 1024:.0f} KiB")
            page.close()


if __name__ == "__main__":
    main(sys.argv[1:])
