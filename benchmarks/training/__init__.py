"""Trains the bundled models: prepares treebanks and word vectors, trains, packs the models and scores
them."""
