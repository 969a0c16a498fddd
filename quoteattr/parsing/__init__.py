"""Parses the sentences around quotations.

`find_frames` finds the parts of an article that have to be parsed, and `parse_frames` parses them.
`cut_frames` takes the same sentences from a parse that the caller already has. Models are loaded when the
first frame needs them.
"""

from quoteattr.parsing.dependency_tree import Parse, Sentence, Word
from quoteattr.parsing.frame_parser import parse_frames
from quoteattr.parsing.frames import Frame, find_frames
from quoteattr.parsing.given_parse import check_parse, cut_frames
from quoteattr.parsing.parser import Parser, load_parser

__all__ = [
    "Frame",
    "Parse",
    "Parser",
    "Sentence",
    "Word",
    "check_parse",
    "cut_frames",
    "find_frames",
    "load_parser",
    "parse_frames",
]
