"""Leeway's figures, measured on this machine: `make bench`. Nothing here is a test, nothing fails for being slow."""
