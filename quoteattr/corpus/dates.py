"""Reads days of publication from dates, ISO strings, dates with the name of the month, or a given format."""

from __future__ import annotations

import datetime
import re
from typing import Any

MONTHS = (
    "january february march april may june july august september october november december".split()
)  # `calendar` has the names of the current locale, which may not be English
"""Names of the months; an abbreviation has their first three letters, or is "sept"."""
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = r"(?P<name>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?![\w-])"
WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})(?!\d)",
    )
)
"""Unambiguous forms: "12 March 2024", "Mar. 12, 2024", "2024/03/12". Anything may follow them."""
SAMPLE = datetime.date(2024, 3, 12)
"""A day that is written and read back to test whether a format has day, month and year."""


def read_day(value: Any, date_format: str | None = None) -> datetime.date | None:
    """Returns the day that a value stands for; None if there is none, or if it may be one of two days.

    Args:
        value: a date, a datetime or a string.
        date_format: a format for `datetime.strptime`, which is tried first on strings.

    >>> str(read_day("12 March 2024")), str(read_day("Tue, 12 Mar 2024 08:00:00 GMT")), read_day("12/03/2024")
    ('2024-03-12', '2024-03-12', None)
    >>> str(read_day("12/03/2024", "%d/%m/%Y"))
    '2024-03-12'
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        return None
    value = value.strip()
    return _by_format(value, date_format) or _iso(value) or _written(value)


def check_date_format(date_format: str) -> None:
    """Raises a ValueError if a format does not name a day completely."""
    try:
        complete = _by_format(SAMPLE.strftime(date_format), date_format) == SAMPLE
    except ValueError:
        complete = False
    if not complete:
        raise ValueError(
            "a date format names day, month and year, like %d/%m/%Y (see Python's strptime); "
            f"got {date_format!r}"
        )


def _by_format(value: str, date_format: str | None) -> datetime.date | None:
    if date_format is None:
        return None
    try:
        return datetime.datetime.strptime(value, date_format).date()
    except (ValueError, re.error, IndexError):
        return None


def _iso(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value[:10])
    except ValueError:
        pass
    try:
        return datetime.datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _written(value: str) -> datetime.date | None:
    for pattern in WRITTEN:
        if found := pattern.match(value):
            parts = found.groupdict()
            month = int(parts["month"]) if "month" in parts else _month(parts["name"])
            try:
                return datetime.date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                return None
    return None


def _month(name: str) -> int:
    """The number of a month; 0 if no month has this name."""
    name = name.lower()
    forms = [{month, month[:3]} for month in MONTHS]
    forms[8].add("sept")
    return next((number for number, form in enumerate(forms, 1) if name in form), 0)
