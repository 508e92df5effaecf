"""When: the next due time, the tick, and the sender with its lanes and limits."""
