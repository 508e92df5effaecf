"""Everything else that is said: start, help, pair, stop, settings and the like."""
