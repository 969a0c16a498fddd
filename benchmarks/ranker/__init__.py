"""Fits the weights of the ranker, quoteattr/data/ranker.json."""
