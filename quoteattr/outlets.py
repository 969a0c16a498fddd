"""Where the words were given."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.attribution import Finding, Setting
from quoteattr.schema import Outlet, Speaker


def find_outlets(
    settings: Sequence[Setting],
    findings: Sequence[Finding],
    speakers: Sequence[Speaker | None],
    statements: Sequence[int | None],
) -> list[Outlet | None]:
    return [None] * len(settings)
