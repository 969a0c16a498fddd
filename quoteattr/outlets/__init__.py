"""Finds the outlet of quotations: the newspaper, broadcaster or site that the speaker talked to or wrote
for."""

from quoteattr.outlets.interviews import find_outlets
from quoteattr.outlets.publisher import find_publisher, with_publisher

__all__ = ["find_outlets", "find_publisher", "with_publisher"]
