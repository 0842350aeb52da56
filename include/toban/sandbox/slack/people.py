"""Users and user groups, in the shapes of Slack's user and usergroup objects."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from toban.sandbox.slack.journal import Journal, Shelf
from toban.sandbox.slack.names import APP, BOT, BOT_NAME, BOT_USER, TEAM, handle, id_for
from toban.sandbox.slack.refusal import RefusedError


class People:
    """Everyone in the workspace, people and the app's bot, and the groups they form."""

    def __init__(self, journal: Journal) -> None:
        self.users = Shelf(journal, "users")
        self.groups = Shelf(journal, "groups")
        self.users.put(BOT_USER, _bot())

    def add(self, person: Mapping[str, Any]) -> dict[str, Any]:
        """Add or refresh a person: name, email, tz; where given also id, deleted and is_bot.

        A guest has is_restricted, one of a single channel is_ultra_restricted too. Somebody from another
        workspace, met in a shared channel, has its team_id; is_stranger, if no channel is shared any more.
        """
        user = _user(person)
        return self.users.put(user["id"], user)

    def add_group(self, group: Mapping[str, Any]) -> dict[str, Any]:
        """Add a group: handle, name, users (e-mails or ids); one that exists already keeps its members."""
        key = group.get("id") or id_for("S", group["handle"])
        members = [self.find(who) for who in group.get("users", [])]
        made = {
            "id": key,
            "team_id": TEAM,
            "is_usergroup": True,
            "name": group.get("name", group["handle"]),
            "handle": group["handle"],
            "description": group.get("description", ""),
            "date_delete": 0,
            "users": [member["id"] for member in members],
        }
        return self.groups.get(key) or self.groups.put(key, made)

    def find(self, who: str) -> dict[str, Any]:
        """The user with this id, e-mail address or handle; refuses with user_not_found."""
        wanted = who.casefold()
        for user in self.users.all():
            email = user["profile"].get("email") or ""
            if wanted in (user["id"].casefold(), email.casefold(), user["name"].casefold()):
                return user
        raise RefusedError("user_not_found")

    def user(self, user_id: str) -> dict[str, Any]:
        """The user with this id; refuses with user_not_found."""
        user = self.users.get(user_id)
        if user is None:
            raise RefusedError("user_not_found")
        return user

    def by_email(self, email: str) -> dict[str, Any]:
        """The workspace's active user with this address, whatever its case; refuses with users_not_found."""
        for user in self.users.all():
            here = not user["deleted"] and user["team_id"] == TEAM
            if here and (user["profile"].get("email") or "").casefold() == email.casefold():
                return user
        raise RefusedError("users_not_found")

    def group(self, group_id: str) -> dict[str, Any]:
        """The user group with this id; refuses with no_such_subteam."""
        group = self.groups.get(group_id)
        if group is None:
            raise RefusedError("no_such_subteam")
        return group

    def replace_members(self, group_id: str, user_ids: Iterable[str]) -> dict[str, Any]:
        """The whole list of a group's members; nobody at all, bots and strangers are refused."""
        members = list(dict.fromkeys(user_ids))
        if not members:
            raise RefusedError("no_users_provided")
        for member in members:
            user = self.users.get(member)
            if user is None or user["is_bot"] or user["deleted"]:
                raise RefusedError("invalid_users")
        return self.groups.put(group_id, {**self.group(group_id), "users": members})

    def humans(self) -> list[dict[str, Any]]:
        """Active users who are not bots, by name."""
        people = [user for user in self.users.all() if not user["is_bot"] and not user["deleted"]]
        return sorted(people, key=lambda user: str(user["real_name"]))


def _user(person: Mapping[str, Any]) -> dict[str, Any]:
    name, email, team = person["name"], person.get("email"), person.get("team_id") or TEAM
    home = "" if team == TEAM else f"{team} "  # whoever has the same address elsewhere is somebody else
    zone = person.get("tz") or "UTC"
    offset = datetime.now(ZoneInfo(zone)).utcoffset()
    return {
        "id": person.get("id") or id_for("U", home + (email or name)),
        "team_id": team,
        "name": handle(name, email),
        "real_name": name,
        "deleted": bool(person.get("deleted", False)),
        "tz": zone,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": {"real_name": name, "display_name": "", "email": email},
        "is_bot": bool(person.get("is_bot", False)),
        "is_app_user": False,
        **_standing(person),
    }


def _standing(person: Mapping[str, Any]) -> dict[str, bool]:
    """How Slack tells members, guests and strangers apart: `is_stranger` is only there where it is true."""
    single = bool(person.get("is_ultra_restricted", False))
    standing = {"is_restricted": single or bool(person.get("is_restricted", False))}
    standing |= {"is_ultra_restricted": single, "is_admin": False, "is_owner": False}
    return standing | ({"is_stranger": True} if person.get("is_stranger") else {})


def _bot() -> dict[str, Any]:
    bot = _user({"id": BOT_USER, "name": BOT_NAME.capitalize(), "is_bot": True})
    bot["profile"] = {**bot["profile"], "bot_id": BOT, "api_app_id": APP}
    return {**bot, "name": BOT_NAME}
