"""Everything that is stored. `privacy` tells people the same; nothing else is written anywhere.

Keys are those of `bot.memory`: "platform:workspace", "platform:workspace/person or channel". No row
has a message, a query or an answer; the only words of a person are those of a reminder.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from adapters.store.instants import Instant

metadata = MetaData()

preferences = Table(
    "preferences",
    metadata,
    Column("key", String, primary_key=True),  # of a person, a channel or a workspace
    Column("workspace", String, nullable=False, index=True),
    Column("language", String(2)),
    Column("zone", String),
)

houses = Table(
    "houses",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("restricted", Boolean, nullable=False, default=False),
)

managers = Table(
    "managers",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("person", String, primary_key=True, index=True),
)

# Where to write to: Teams needs the conversation and the service that it was met at last.
addresses = Table(
    "addresses",
    metadata,
    Column("key", String, primary_key=True),  # of a person or a channel
    Column("workspace", String, nullable=False, index=True),
    Column("conversation", String, nullable=False),
    Column("service_url", String, nullable=False),
    Column("bot", String, nullable=False),
    # the team of a channel; a group chat and a person have none
    Column("team", String, nullable=False, default="", server_default=""),
)

weeklies = Table(
    "weeklies",
    metadata,
    Column("id", String, primary_key=True),  # the same again for a channel that ended its tips
    Column("channel", String, nullable=False, index=True),  # one each: the id is made from it
    Column("workspace", String, nullable=False, index=True),
    Column("owner", String, nullable=False, index=True),
    Column("rule", String, nullable=False),
    Column("since", Date, nullable=False),
    Column("zone", String, nullable=False),
    Column("next_at", Instant, index=True),  # none while it is stopped
    Column("topic", String, nullable=False, default=""),
    Column("paused_until", Date),
    Column("stopped", String, nullable=False, default=""),
)

used_tips = Table(
    "used_tips",
    metadata,
    Column("channel", String, primary_key=True),
    Column("tip", String, primary_key=True),
    Column("workspace", String, nullable=False, index=True),
    Column("used_at", Instant, nullable=False),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", String, primary_key=True),
    Column("person", String, nullable=False, index=True),
    Column("workspace", String, nullable=False, index=True),
    Column("words", String(200), nullable=False),
    Column("entry", String, nullable=False, default=""),
    Column("rule", String, nullable=False, default=""),
    Column("since", Date, nullable=False),
    Column("zone", String, nullable=False),
    Column("next_at", Instant, index=True),  # none once it is over
    Column("fired_at", Instant),  # the last time, for the time it is kept
)

# One row for each schedule and local date, whatever number of processes looks for what is due.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),  # tip, reminder or word (a word to an owner)
    Column("schedule", String, nullable=False),  # the id of the weekly or the reminder
    Column("local_date", Date, nullable=False),
    Column("due_at", Instant, nullable=False, index=True),
    Column("workspace", String, nullable=False, index=True),
    Column("target", String, nullable=False, index=True),  # the key of a channel or a person
    Column("entry", String, nullable=False, default=""),  # what goes out, once it is chosen
    Column("status", String, nullable=False),  # waiting, sent, skipped or dropped
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", Instant, nullable=False),
    Column("claimed_until", Instant),
    Column("done_at", Instant),
    Column("reason", String, nullable=False, default=""),
    UniqueConstraint("schedule", "local_date", name="deliveries_once_a_day"),
    Index("deliveries_to_send", "status", "not_before"),
)

# How long a workspace (or one channel) asks to be left alone; shared by all who send.
limits = Table(
    "limits",
    metadata,
    Column("key", String, primary_key=True),
    Column("not_before", Instant, nullable=False),
)

# Who may fetch a file with all that is stored on them; the secret of its address is not kept.
downloads = Table(
    "downloads",
    metadata,
    Column("hash", String, primary_key=True),
    Column("person", String, nullable=False, index=True),
    Column("until", Instant, nullable=False),
)

# What a person chose about nudges; no row where they never did.
nudging = Table(
    "nudging",
    metadata,
    Column("person", String, primary_key=True),
    Column("workspace", String, nullable=False, index=True),
    Column("on", Boolean, nullable=False),
    Column("muted", String, nullable=False, default=""),  # the ids of rules, spaces between them
    Column("snoozed_until", Instant),
)

# Channels where an admin allowed nudges.
nudged_channels = Table(
    "nudged_channels",
    metadata,
    Column("channel", String, primary_key=True),
    Column("workspace", String, nullable=False, index=True),
)

# How often a wording rule was called a false alarm: by whom, where or when is not known.
false_alarms = Table(
    "false_alarms",
    metadata,
    Column("rule", String, primary_key=True),
    Column("times", Integer, nullable=False),
)

# A hash of what was already answered: nothing can be told from it.
events = Table(
    "events",
    metadata,
    Column("hash", String, primary_key=True),
    Column("seen_at", Instant, nullable=False, index=True),
)
