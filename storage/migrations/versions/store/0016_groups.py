"""Groups: chats that several share; and what is to be said may be for one of them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def _person(name: str) -> sa.Column[int]:
    key = sa.ForeignKey("person.id", name=f"fk_groups_{name}", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.BigInteger(), key)


def upgrade() -> None:
    op.create_table(
        "groups",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("couple", sa.BigInteger()),
        _person("tap_a"),
        _person("tap_b"),
        sa.Column("topic", sa.BigInteger()),
        sa.Column("server", sa.BigInteger()),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("opens_a", sa.Boolean(), nullable=False),
        sa.Column("opens_b", sa.Boolean(), nullable=False),
        sa.Column("crowded", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("platform", "chat", name="uq_groups_platform_chat"),
    )
    op.create_index("ix_groups_couple", "groups", ["couple"])
    op.create_index("ix_groups_tap_a", "groups", ["tap_a"])
    op.create_index("ix_groups_tap_b", "groups", ["tap_b"])
    op.create_index("ix_groups_server", "groups", ["platform", "server"])
    some = sa.text("crowded IS NOT NULL")
    op.create_index("ix_groups_crowded", "groups", ["crowded"], sqlite_where=some, postgresql_where=some)
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint("fk_outbox_person", type_="foreignkey")


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE person NOT IN (SELECT id FROM person)")
    with op.batch_alter_table("outbox") as outbox:
        outbox.create_foreign_key(
            "fk_outbox_person", "person", ["person"], ["id"], deferrable=True, initially="DEFERRED"
        )
    op.drop_table("groups")
