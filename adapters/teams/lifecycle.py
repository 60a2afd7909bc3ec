"""What Teams tells of the bot's coming and going, and of channels and teams that end.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
"""

from dataclasses import dataclass

from adapters.payloads import text_at
from adapters.teams.ids import key_of
from adapters.teams.incoming import Activity, Chat, channel_of


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """Somebody took the bot out of their own chat."""

    person: str


@dataclass(frozen=True, slots=True)
class ChannelEnded:
    """A channel is deleted, or the bot was taken out of a group."""

    channel: str


@dataclass(frozen=True, slots=True)
class TeamEnded:
    """A team is deleted or archived, or the bot was taken out of it.

    An archived team can be read and not written to, so that its tips end as well.
    """

    workspace: str
    team: str


End = PersonLeft | ChannelEnded | TeamEnded

_TEAM_ENDS = ("teamArchived", "teamDeleted", "teamHardDeleted")


def begins(activity: Activity, chat: Chat) -> bool:
    """Whether the bot came into a chat, group or team; an upgrade is no beginning."""
    if installs(activity):
        return True
    return text_at(activity, "type") == "conversationUpdate" and chat.bot in _who(
        activity, "membersAdded"
    )


def installs(activity: Activity) -> bool:
    """Whether somebody added the app."""
    return _installation(activity) == "add"


def leaves(activity: Activity, chat: Chat) -> bool:
    """Whether the bot was taken out of a chat, group or team; an upgrade is no end."""
    if _installation(activity) == "remove":
        return True
    return text_at(activity, "type") == "conversationUpdate" and chat.bot in _who(
        activity, "membersRemoved"
    )


def end_of(activity: Activity, chat: Chat) -> End | None:
    """What ends with an activity; None where nothing does."""
    team = chat.team and TeamEnded(chat.workspace, chat.team)
    if leaves(activity, chat):
        if chat.personal:
            return PersonLeft(chat.person_key)
        return team or ChannelEnded(key_of(chat.tenant, channel_of(chat)))
    if text_at(activity, "type") != "conversationUpdate":
        return None
    event = text_at(activity, "channelData", "eventType")
    channel = text_at(activity, "channelData", "channel", "id")
    if event == "channelDeleted" and channel:
        return ChannelEnded(key_of(chat.tenant, channel))
    return (team or None) if event in _TEAM_ENDS else None


def _installation(activity: Activity) -> str:
    said = text_at(activity, "type") == "installationUpdate"
    return text_at(activity, "action") if said else ""


def _who(activity: Activity, key: str) -> set[str]:
    """Who came into the chat, or left it."""
    members = activity.get(key)
    return {
        text_at(member, "id")
        for member in (members if isinstance(members, list) else ())
        if isinstance(member, dict)
    }
