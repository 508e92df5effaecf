"""Discord: the bot's direct messages and slash commands, received over the gateway."""
