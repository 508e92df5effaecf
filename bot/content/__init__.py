"""Decks, catalogues and rules: data, no code."""
