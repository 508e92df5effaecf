"""Pictures that say the same as the words that they come with. Nothing here imports matplotlib before it draws."""
