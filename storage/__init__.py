"""What is kept: tables, the turn's transaction, the vault and migrations."""
