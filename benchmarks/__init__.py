"""Measures how accurate and how fast the library and other tools are: evaluation, floors, peers, speed."""
