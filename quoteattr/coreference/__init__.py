"""Resolves the words that name a speaker to a person, an organisation or an unnamed speaker."""

from quoteattr.coreference.chains import Chain, check_chains, speaker_mentions
from quoteattr.coreference.confidence import calibrate
from quoteattr.coreference.registry import SIEVES, STEPS
from quoteattr.coreference.repeats import share_speakers
from quoteattr.coreference.resolver import Resolution, resolve
from quoteattr.coreference.sieve import ResolutionStep, Sieve

__all__ = [
    "SIEVES",
    "STEPS",
    "Chain",
    "Resolution",
    "ResolutionStep",
    "Sieve",
    "calibrate",
    "check_chains",
    "resolve",
    "share_speakers",
    "speaker_mentions",
]
