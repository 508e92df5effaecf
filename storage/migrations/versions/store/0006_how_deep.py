"""How deep each of the two would have the questions.

Columns are added and dropped in place: SQLite can, and no table is copied.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("couple", sa.Column("depth_a", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("couple", sa.Column("depth_b", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    for column in ("depth_b", "depth_a"):
        op.drop_column("couple", column)
