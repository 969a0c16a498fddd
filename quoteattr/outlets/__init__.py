"""Finds the outlet in which, or to which, words were given."""

from quoteattr.outlets.interviews import find_outlets
from quoteattr.outlets.publisher import find_publisher, with_publisher

__all__ = ["find_outlets", "find_publisher", "with_publisher"]
