"""Where a couple is in its season, and which of the two would show their line of the dance, and renew."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

NUMBERS, CLAIMS = ("season", "dances_a", "dances_b"), ("renews_a", "renews_b")


def upgrade() -> None:
    for name in NUMBERS:
        op.add_column("couple", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    for name in CLAIMS:
        op.add_column("couple", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("couple", sa.Column("renews_on", sa.BigInteger()))


def downgrade() -> None:
    for name in (*NUMBERS, *CLAIMS, "renews_on"):
        op.drop_column("couple", name)
