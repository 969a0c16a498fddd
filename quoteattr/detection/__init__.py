"""Finds every quotation of a text by its marks, without a model."""

from quoteattr.detection.quotations import find_in_copy, find_quotations
from quoteattr.detection.readable import ReadableText, read_text

__all__ = ["ReadableText", "find_in_copy", "find_quotations", "read_text"]
