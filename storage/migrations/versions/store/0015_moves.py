"""Whether a code is for another account of whoever made it, instead of for somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("invitation", sa.Column("moves", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.execute("DELETE FROM invitation WHERE moves")
    op.drop_column("invitation", "moves")
