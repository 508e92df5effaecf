"""The exercises, one file each, each a function that reads like the conversation."""
