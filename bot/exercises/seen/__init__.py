"""Pictures of what exercises are about: their words, and their values in the form that the drawings know."""
