"""The recipe of the bundled models: treebanks, word vectors, training, packing and figures."""
