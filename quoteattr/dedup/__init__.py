"""The same utterance in several articles: from attributed articles to utterances with all their appearances.

`deduplicate` takes the articles through these stages, in this order:

1. normalize: words become tokens that do not depend on spelling and punctuation.
   ``normalize``, ``vocabulary`` (tokens as characters)
2. group: a quotation is an occurrence; the pieces of a split sentence are one occurrence together. Equal
   occurrences of one speaker are one wording.
   ``occurrences``, ``presentation`` (heading, name or speech), ``speakers``, ``occurrence_columns``,
   ``grouping``, ``wordings`` (the table of wordings), ``wording_profile`` (how much a wording says)
3. retrieve: pairs of wordings that share rare n-grams.
   ``ngram_hashes``, ``ngram_index``, ``candidates``
4. prefilter: a vectorised filter drops most of the pairs.
   ``prefilter``
5. align: two wordings are compared word by word.
   ``alignment``, ``match``
6. decide: whether two wordings are the same utterance. This linguistic decision does not use numpy.
   ``same_utterance``, ``pair_context`` (speakers, dates, topic), ``context_lookup``, ``surroundings``
7. cluster: each wording joins the cluster of the utterance that it belongs to, and only this one.
   ``clustering``, ``disjoint_set``
8. build: an utterance from each cluster.
   ``utterance_builder``, ``canonical_wording``, ``token_spans``, ``outlet_inference``

``pipeline`` calls these stages. `explain` says at which step two quotations were joined or kept apart
(``explanation``). `Deduplicator` deduplicates batches of articles that arrive one after the other; its
``store`` keeps them in a file (``store_file``, ``stored_article``). ``sorted_columns`` has array operations
that several stages use.
"""

from quoteattr.dedup.deduplicator import Deduplicator
from quoteattr.dedup.pipeline import deduplicate, explain

__all__ = ["Deduplicator", "deduplicate", "explain"]
