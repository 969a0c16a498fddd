"""The library inside other tools: Stanza, spaCy, Spark."""
