"""Resolves the words that name a speaker to a person, an organisation or an unnamed speaker."""

from quoteattr.coreference.resolver import Resolution, resolve

__all__ = ["Resolution", "resolve"]
