"""The same utterance in several articles: from attributed articles to utterances with all their appearances.

`deduplicate` takes the articles through these stages, in this order:

1. normalize: tokens that are the same in all occurrences of the same words.
   ``normalize``, ``vocabulary`` (tokens as characters)
2. group: a quotation, or the pieces of one sentence, is an occurrence. Equal occurrences of one speaker are
   one wording.
   ``occurrences``, ``presentation`` (heading, name or speech), ``speakers``, ``occurrence_columns``,
   ``grouping``, ``wordings`` (the table of wordings), ``wording_profile`` (how much a wording says)
3. retrieve: pairs of wordings that share rare n-grams.
   ``ngram_hashes``, ``ngram_index``, ``candidates``
4. prefilter: a vectorised filter drops most of the pairs.
   ``prefilter``
5. align: which words two wordings have in common.
   ``alignment``, ``match``
6. decide: whether two wordings are the same utterance, a linguistic decision without numpy.
   ``same_utterance``, ``pair_context`` (speakers, dates, topic), ``context_lookup``, ``surroundings``
7. cluster: every wording joins the one cluster that it belongs to.
   ``clustering``, ``disjoint_set``
8. build: an utterance from each cluster.
   ``utterance_builder``, ``canonical_wording``, ``token_spans``, ``outlet_inference``

``pipeline`` calls them. `explain` says at which step two quotations were joined or kept apart
(``explanation``). `Deduplicator` does the same over batches of articles, which its ``store`` keeps in a
file. ``sorted_columns`` has the array operations of several stages.
"""

from quoteattr.dedup.deduplicator import Deduplicator
from quoteattr.dedup.pipeline import deduplicate, explain

__all__ = ["Deduplicator", "deduplicate", "explain"]
