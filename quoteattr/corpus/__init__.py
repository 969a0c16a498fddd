"""Runs the library over files and folders of articles."""
