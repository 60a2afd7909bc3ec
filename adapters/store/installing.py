"""Who installed the bot decides for the workspace until it says otherwise."""

from sqlalchemy import Connection, insert, select

from adapters.store.locking import keep_others_out
from adapters.store.tables import managers


def installed(connection: Connection, workspace: str, person: str) -> None:
    """The first becomes a manager of a workspace that has none."""
    keep_others_out(connection, managers)  # of two who install it at once one is the first
    known = select(managers.c.person).where(managers.c.workspace == workspace).limit(1)
    if connection.execute(known).first() is None:
        connection.execute(insert(managers).values(workspace=workspace, person=person))
