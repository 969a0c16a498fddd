"""Finds and starts the browser for the browser tests and the screenshots."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str | None:
    """The path of the browser that QUOTEATTR_BROWSER names, or of a Chromium on the path."""
    return os.environ.get("QUOTEATTR_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def running(*, scrollbars: bool = False) -> Iterator[Browser]:
    """Starts a headless browser, which shows scrollbars if asked to."""
    from playwright.sync_api import sync_playwright

    # The sandbox of Chromium needs rights that containers lack; the pages are trusted and run no script.
    options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    hidden = ["--hide-scrollbars"] if scrollbars else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=options, ignore_default_args=hidden
        )
        yield browser
        browser.close()
