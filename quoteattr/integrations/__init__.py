"""Uses the library in Stanza pipelines, on spaCy documents, and on Spark DataFrames."""
