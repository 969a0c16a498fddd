"""Resolves the words that name a speaker to a person, an organisation or an unnamed speaker."""

from quoteattr.coreference.chains import Chain, named_in_chain
from quoteattr.coreference.registry import SIEVES, STEPS
from quoteattr.coreference.repeats import as_repeated, find_repeated
from quoteattr.coreference.resolver import Resolution, resolve
from quoteattr.coreference.sieve import ResolutionStep, Sieve

__all__ = [
    "SIEVES",
    "STEPS",
    "Chain",
    "Resolution",
    "ResolutionStep",
    "Sieve",
    "as_repeated",
    "find_repeated",
    "named_in_chain",
    "resolve",
]
