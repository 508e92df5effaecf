"""The first tables of the store."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("zone_confirmed", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_to", sa.Integer(), nullable=False),
        sa.Column("consent", sa.Integer(), nullable=False),
        sa.Column("consented", sa.BigInteger(), nullable=True),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("wrong_code_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "seen",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seen")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "account",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("heard", sa.BigInteger(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["person.id"], name=op.f("fk_account_person"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("platform", "user_id", name=op.f("pk_account")),
    )
    op.create_index(op.f("ix_account_person"), "account", ["person"], unique=False)
    op.create_table(
        "couple",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_a", sa.BigInteger(), nullable=False),
        sa.Column("person_b", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("next_due", sa.BigInteger(), nullable=True),
        sa.Column("last_round", sa.BigInteger(), nullable=True),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_a"], ["person.id"], name=op.f("fk_couple_person_a"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_b"], ["person.id"], name=op.f("fk_couple_person_b"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_couple")),
    )
    op.create_index(
        "ix_couple_next_due",
        "couple",
        ["next_due"],
        unique=False,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_index(op.f("ix_couple_person_a"), "couple", ["person_a"], unique=False)
    op.create_index(op.f("ix_couple_person_b"), "couple", ["person_b"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("inviter", sa.BigInteger(), nullable=False),
        sa.Column("session", sa.BigInteger(), nullable=True),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("guest", sa.BigInteger(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guest"], ["person.id"], name=op.f("fk_invitation_guest"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["inviter"], ["person.id"], name=op.f("fk_invitation_inviter"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_guest"), "invitation", ["guest"], unique=False)
    op.create_index(op.f("ix_invitation_inviter"), "invitation", ["inviter"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("earliest", sa.BigInteger(), nullable=False),
        sa.Column("useless_after", sa.BigInteger(), nullable=True),
        sa.Column("open_session", sa.BigInteger(), nullable=True),
        sa.Column("open_prompt", sa.Integer(), nullable=True),
        sa.Column("about_session", sa.BigInteger(), nullable=True),
        sa.Column("about_prompt", sa.Integer(), nullable=True),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("waking", sa.Boolean(), nullable=False),
        sa.Column("unasked", sa.Boolean(), nullable=False),
        sa.Column("session", sa.BigInteger(), nullable=True),
        sa.Column("belongs_to", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('say', 'show', 'redrawn', 'cleared')", name=op.f("ck_outbox_kind")),
        sa.CheckConstraint("lane IN ('reply', 'bulk')", name=op.f("ck_outbox_lane")),
        sa.CheckConstraint("state IN ('waiting', 'held', 'sending', 'failed')", name=op.f("ck_outbox_state")),
        sa.ForeignKeyConstraint(
            ["person"], ["person.id"], name=op.f("fk_outbox_person"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
    )
    op.create_index(
        "ix_outbox_about",
        "outbox",
        ["about_session"],
        unique=False,
        sqlite_where=sa.text("content IS NOT NULL AND about_session IS NOT NULL"),
        postgresql_where=sa.text("content IS NOT NULL AND about_session IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_held",
        "outbox",
        ["person"],
        unique=False,
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index("ix_outbox_person", "outbox", ["person", "belongs_to", "place"], unique=False)
    op.create_index(
        "ix_outbox_sending",
        "outbox",
        ["person"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["lane", "earliest", "place"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "prompt",
        sa.Column("session", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("delivery", sa.BigInteger(), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"], ["person.id"], name=op.f("fk_prompt_person"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("session", "no", name=op.f("pk_prompt")),
    )
    op.create_index("ix_prompt_person", "prompt", ["person", "is_open"], unique=False)
    op.create_table(
        "record",
        sa.Column("session", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.BigInteger(), nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("couple", sa.BigInteger(), nullable=True),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.CheckConstraint("visibility IN ('private', 'sealed', 'shared', 'group')", name=op.f("ck_record_visibility")),
        sa.ForeignKeyConstraint(
            ["owner"], ["person.id"], name=op.f("fk_record_owner"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("session", "name", "owner", name=op.f("pk_record")),
    )
    op.create_index("ix_record_couple", "record", ["couple", "exercise", "name"], unique=False)
    op.create_index("ix_record_owner", "record", ["owner", "exercise", "name"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("couple", sa.BigInteger(), nullable=True),
        sa.Column("person_a", sa.BigInteger(), nullable=True),
        sa.Column("person_b", sa.BigInteger(), nullable=True),
        sa.Column("wake", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("status IN ('planned', 'open')", name=op.f("ck_session_status")),
        sa.ForeignKeyConstraint(
            ["person_a"], ["person.id"], name=op.f("fk_session_person_a"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_b"], ["person.id"], name=op.f("fk_session_person_b"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_person_a"), "session", ["person_a"], unique=False)
    op.create_index(op.f("ix_session_person_b"), "session", ["person_b"], unique=False)
    op.create_index(
        "ix_session_wake",
        "session",
        ["wake"],
        unique=False,
        sqlite_where=sa.text("wake IS NOT NULL"),
        postgresql_where=sa.text("wake IS NOT NULL"),
    )
    op.create_table(
        "noted",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("session", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session"],
            ["session.id"],
            name=op.f("fk_noted_session"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("platform", "user_id", "message", name=op.f("pk_noted")),
    )
    op.create_index(op.f("ix_noted_session"), "noted", ["session"], unique=False)


def downgrade() -> None:
    op.drop_table("noted")
    op.drop_table("session")
    op.drop_table("record")
    op.drop_table("prompt")
    op.drop_table("outbox")
    op.drop_table("invitation")
    op.drop_table("couple")
    op.drop_table("account")
    op.drop_table("seen")
    op.drop_table("person")
