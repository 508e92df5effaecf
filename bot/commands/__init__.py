"""Everything that is said outside the exercises: start, invitations, rhythm, help, safety, and the small replies."""
