"""Pages that people keep: what was gathered for them, as files."""
