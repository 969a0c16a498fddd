"""Parses the sentences around quotations."""
