"""The rules that propose a speaker, by what they look at. Their order stands in attribution.py."""
