"""Leeway: the conversation, its exercises and words, and the wiring of the program."""
