"""Time for oneself: the session that it belongs to, and what waits until it is over."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("person", sa.Column("silent_by", sa.BigInteger(), nullable=True))
    op.add_column("outbox", sa.Column("in_silence", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outbox", sa.Column("meant", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "meant")
    op.drop_column("outbox", "in_silence")
    op.drop_column("person", "silent_by")
