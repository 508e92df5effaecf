"""The conversation engine: pure functions over values; no clock, no chance, no I/O, no `async`."""
