"""Resolves the words that name a speaker to a person, a body or an unnamed speaker."""

from quoteattr.coreference.resolver import resolve

__all__ = ["resolve"]
