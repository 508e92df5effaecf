"""The platforms: hear and deliver, one folder each."""
