"""Measures who speaks in novels, and fits the weights of the conversation stage."""
