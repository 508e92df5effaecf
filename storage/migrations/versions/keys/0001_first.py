"""The first tables of the key database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "datakey",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_datakey")),
    )
    op.create_index(op.f("ix_datakey_key_id"), "datakey", ["key_id"], unique=False)
    op.create_table(
        "keycheck",
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_keycheck")),
    )


def downgrade() -> None:
    op.drop_table("keycheck")
    op.drop_table("datakey")
