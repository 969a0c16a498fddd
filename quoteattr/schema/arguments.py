"""Checks the arguments of the classes, and shortens what their messages and representations show."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from attrs import Attribute

SHOWN_VALUE = 60
"""Characters of a value that a message or a representation shows."""


def shortened(text: str) -> str:
    """Returns the representation of a text, or of its beginning if it is long.

    >>> shortened("It rained.")
    "'It rained.'"
    """
    return repr(text) if len(text) <= SHOWN_VALUE else f"{text[: SHOWN_VALUE - 1]!r}…"


def counted(number: int, noun: str) -> str:
    """A number with its noun in singular or plural.

    >>> counted(1, "article"), counted(0, "article"), counted(1200, "article")
    ('1 article', '0 articles', '1,200 articles')
    """
    return f"{number:,} {noun}{'s' * (number != 1)}"


def is_a(
    kind: type, wanted: str, *, optional: bool = True
) -> Callable[[object, Attribute[Any], object], None]:
    """Returns a validator that names the field, what it accepts and what it got."""

    def check(instance: object, field: Attribute[Any], value: object) -> None:
        if not isinstance(value, kind) and not (optional and value is None):
            shown = repr(value)[:SHOWN_VALUE]
            raise TypeError(f"{field.name} must be {wanted}, got {shown} ({type(value).__name__})")

    return check


optional_str = is_a(str, "a str or None")


def day_of(value: datetime.date | str | None) -> datetime.date | None:
    """Returns the date of a datetime or of a string in ISO 8601, and other values unchanged; None for NaT,
    the missing datetime of pandas.

    Raises:
        ValueError: if a string is not a date or a datetime in ISO 8601.

    >>> day_of("2024-05-02"), day_of("2024-05-02T23:30:00Z")
    (datetime.date(2024, 5, 2), datetime.date(2024, 5, 2))
    """
    if isinstance(value, str):
        try:
            value = datetime.datetime.fromisoformat(value)
        except ValueError:
            shown = repr(value)[:SHOWN_VALUE]
            raise ValueError(f'published must be a date like "2024-05-02" (ISO 8601), got {shown}') from None
    if not isinstance(value, datetime.datetime):
        return value
    return value.date() if value == value else None
