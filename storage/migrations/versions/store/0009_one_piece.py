"""A mark alone: from here on what one person typed in a row is sealed in one piece. What is older cannot be read; a
database that holds some is refused before this step (`storage/migrations/upgrade.py`)."""

revision = "0009"
down_revision = "0005"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
