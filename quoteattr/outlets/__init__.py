"""Finds the outlet in which, or to which, words were given."""

from quoteattr.outlets.interviews import find_outlets

__all__ = ["find_outlets"]
