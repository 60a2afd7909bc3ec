"""Who wants nudges, channels that allow them, and how often a rule was called a false alarm."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "nudging",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("muted", sa.String(), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_index(op.f("ix_nudging_workspace"), "nudging", ["workspace"], unique=False)
    op.create_table(
        "nudged_channels",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("channel"),
    )
    op.create_index(
        op.f("ix_nudged_channels_workspace"), "nudged_channels", ["workspace"], unique=False
    )
    op.create_table(
        "false_alarms",
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rule"),
    )
