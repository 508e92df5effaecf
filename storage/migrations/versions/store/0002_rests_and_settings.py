"""Room of one's own, discreet notifications, whose questions come at once; rests, circumstances, who was not told.

Columns are added and dropped in place: SQLite can, and no table is copied.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("person", sa.Column("discreet", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("person", sa.Column("open_to_asks", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("person", sa.Column("silent_until", sa.BigInteger(), nullable=True))
    op.add_column("couple", sa.Column("rests_until", sa.BigInteger(), nullable=True))
    op.add_column("couple", sa.Column("fits", sa.String(), nullable=False, server_default=""))
    op.add_column("couple", sa.Column("untold", sa.Integer(), nullable=True))


def downgrade() -> None:
    for column in ("untold", "fits", "rests_until"):
        op.drop_column("couple", column)
    for column in ("silent_until", "open_to_asks", "discreet"):
        op.drop_column("person", column)
