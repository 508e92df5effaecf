"""Telegram: private chats, received by polling."""
