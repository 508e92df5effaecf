"""Telegram: private chats and groups, received by polling."""
