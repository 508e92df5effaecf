"""Discreet notifications: what waits behind an announcement, and which messages can be taken out of a chat again.

The outbox is copied, as SQLite cannot change what a column may hold; it has only what is to be said in the next days.
"""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0005"
down_revision = "0008"

KINDS = ("'say', 'show', 'redrawn', 'cleared'", "'say', 'show', 'redrawn', 'cleared', 'removed'")
STATES = ("'waiting', 'held', 'sending', 'failed'", "'waiting', 'held', 'sending', 'veiled', 'failed'")


def _may_hold(outbox: BatchOperations, version: int) -> None:
    """What its columns may hold, before (0) and after (1)."""
    for column, values in (("kind", KINDS), ("state", STATES)):
        outbox.drop_constraint(op.f(f"ck_outbox_{column}"), type_="check")
        outbox.create_check_constraint(op.f(f"ck_outbox_{column}"), sa.text(f"{column} IN ({values[version]})"))


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        _may_hold(outbox, 1)
        outbox.add_column(sa.Column("announces", sa.Boolean(), nullable=False, server_default=sa.false()))
    veiled = sa.text("state = 'veiled'")
    op.create_index("ix_outbox_veiled", "outbox", ["person"], sqlite_where=veiled, postgresql_where=veiled)
    op.create_table(
        "told",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["person.id"], name=op.f("fk_told_person"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("platform", "user_id", "message", name=op.f("pk_told")),
    )
    op.create_index(op.f("ix_told_person"), "told", ["person"])


def downgrade() -> None:
    op.drop_table("told")
    op.drop_index("ix_outbox_veiled", "outbox")
    op.execute("UPDATE outbox SET state = 'waiting' WHERE state = 'veiled'")
    op.execute("DELETE FROM outbox WHERE kind = 'removed'")
    with op.batch_alter_table("outbox") as outbox:
        _may_hold(outbox, 0)
        outbox.drop_column("announces")
