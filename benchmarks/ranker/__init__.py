"""Fits the weights of quoteattr/data/ranker.json."""
