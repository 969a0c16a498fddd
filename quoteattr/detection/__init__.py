"""Finds every quotation of a text by its marks; no model is needed."""

from quoteattr.detection.quotations import find_quotations

__all__ = ["find_quotations"]
