"""When somebody deleted everything of theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

IS_ERASED = sa.text("erased IS NOT NULL")


def upgrade() -> None:
    op.add_column("person", sa.Column("erased", sa.BigInteger(), nullable=True))
    op.create_index("ix_person_erased", "person", ["erased"], sqlite_where=IS_ERASED, postgresql_where=IS_ERASED)


def downgrade() -> None:
    op.drop_index("ix_person_erased", "person")
    op.drop_column("person", "erased")
