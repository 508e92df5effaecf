"""When words of danger last brought somebody the card."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("person", sa.Column("card_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "card_at")
