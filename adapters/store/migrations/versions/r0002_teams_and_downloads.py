"""Which team a channel belongs to; files with what is stored on a person, and until when."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column(
        "addresses", sa.Column("team", sa.String(), server_default=sa.text("''"), nullable=False)
    )
    op.create_table(
        "downloads",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index(op.f("ix_downloads_person"), "downloads", ["person"], unique=False)
