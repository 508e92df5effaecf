"""Every message that shows a question is known, not only the last of an open one."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

LAST_COPIES = """
    INSERT INTO shown (platform, user_id, message, session, prompt, at)
    SELECT account.platform, account.user_id, prompt.message, prompt.session, prompt.no, prompt.at
    FROM prompt JOIN account ON account.person = prompt.person
    WHERE prompt.message IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "shown",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("session", sa.BigInteger(), nullable=False),
        sa.Column("prompt", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "user_id", "message", name=op.f("pk_shown")),
        sqlite_with_rowid=False,
    )
    op.execute(LAST_COPIES)


def downgrade() -> None:
    op.drop_table("shown")
