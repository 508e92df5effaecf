"""Which messages brought somebody files of their own data, so that those can be taken out of the chat again."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"

COLUMNS = (("outbox", "has_file"), ("told", "is_file"))


def upgrade() -> None:
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE has_file")
    op.execute("DELETE FROM told WHERE is_file AND person NOT IN (SELECT id FROM person WHERE discreet)")
    for table, column in COLUMNS:
        op.drop_column(table, column)
