"""Names: finds them in a text, divides them into parts, and decides whether two may belong together."""

from quoteattr.names.name import JOINERS, OFFICES, Name, given_names, is_joined_office, read_name
from quoteattr.names.name_finding import find_names
from quoteattr.names.name_match import (
    GENDERS,
    compatible,
    gender_of,
    is_organisation,
    same_person,
    same_spelling,
)
from quoteattr.names.name_tagger import NAME_KINDS, NameKind, TaggedName, Tagging, tag_names, tagging_of
from quoteattr.names.tagger_network import is_common_word
from quoteattr.schema import Gender

__all__ = [
    "GENDERS",
    "JOINERS",
    "NAME_KINDS",
    "OFFICES",
    "Gender",
    "Name",
    "NameKind",
    "TaggedName",
    "Tagging",
    "compatible",
    "find_names",
    "gender_of",
    "given_names",
    "is_common_word",
    "is_joined_office",
    "is_organisation",
    "read_name",
    "same_person",
    "same_spelling",
    "tag_names",
    "tagging_of",
]
