"""Finds every quotation of a text by its marks, without a model."""

from quoteattr.detection.quotations import find_quotations

__all__ = ["find_quotations"]
