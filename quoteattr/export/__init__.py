"""Writes results as HTML, TEI, brat standoff, BookNLP's files, CoNLL-U and Web Annotations: one function
per format."""

from quoteattr.export.booknlp import to_booknlp_book, to_booknlp_quotes
from quoteattr.export.brat import gold_from_brat, to_brat
from quoteattr.export.conllu import to_conllu
from quoteattr.export.html import to_html, utterances_to_html
from quoteattr.export.tei import to_tei
from quoteattr.export.webanno import to_webanno

__all__ = [
    "gold_from_brat",
    "to_booknlp_book",
    "to_booknlp_quotes",
    "to_brat",
    "to_conllu",
    "to_html",
    "to_tei",
    "to_webanno",
    "utterances_to_html",
]
