"""Tokens, scopes, channels, people, groups and files, through Slack's own client."""

import httpx
import pytest
from slack_sdk import WebClient

from sandbox.slack.test_messages import refusal
from toban.sandbox.slack import Workspace

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def test_auth_test_tells_the_scopes_in_a_header(slack: WebClient) -> None:
    answer = slack.auth_test()
    assert answer["user"] == "toban"
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


def test_a_call_without_token_and_one_with_a_wrong_token_are_told_apart(url: str) -> None:
    assert httpx.post(f"{url}/api/auth.test").json()["error"] == "not_authed"
    assert refusal(WebClient("xoxb-invalid", base_url=f"{url}/api/").auth_test) == "invalid_auth"
    assert refusal(WebClient("nonsense", base_url=f"{url}/api/").auth_test) == "invalid_auth"


def test_a_method_without_its_scope_names_what_it_needs(slack: WebClient, workspace: Workspace) -> None:
    workspace.scopes = {"chat:write"}
    assert refusal(slack.users_list) == "missing_scope"
    answer = httpx.post(slack.base_url + "users.list", headers={"Authorization": "Bearer xoxb-1"}).json()
    assert (answer["needed"], answer["provided"]) == ("users:read", "chat:write")


def test_form_json_and_multipart_say_the_same(url: str, oncall: str) -> None:
    api, header = f"{url}/api/chat.postMessage", {"Authorization": "Bearer xoxb-1"}
    blocks = '[{"type": "divider"}]'
    fields = {"channel": oncall, "text": "当番 & 交代", "blocks": blocks}
    parts = {name: (None, value) for name, value in fields.items()}
    answers = [
        httpx.post(api, headers=header, data=fields).json(),
        httpx.post(api, headers=header, json=fields).json(),
        httpx.post(api, headers=header, files=parts).json(),
    ]
    assert {answer["message"]["text"] for answer in answers} == {"当番 & 交代"}
    assert {answer["message"]["blocks"][0]["type"] for answer in answers} == {"divider"}


def test_unknown_methods_and_broken_json_are_refused(url: str) -> None:
    assert httpx.post(f"{url}/api/chat.shout").json()["error"] == "unknown_method"
    broken = {"content": b"{", "headers": {"Content-Type": "application/json"}}
    assert httpx.post(f"{url}/api/auth.test", **broken).json()["error"] == "invalid_json"


def test_channels_are_listed_in_pages_without_private_ones_the_bot_is_not_in(slack: WebClient) -> None:
    names = [c["name"] for page in slack.conversations_list(limit=2) for c in page["channels"]]
    assert names == ["alerts", "general", "old", "oncall", "outside"]
    active = slack.conversations_list(exclude_archived=True)["channels"]
    assert "old" not in [channel["name"] for channel in active]


def test_joining_a_public_channel_allows_posting(slack: WebClient, workspace: Workspace) -> None:
    outside = workspace.channel_id("outside")
    assert refusal(slack.chat_postMessage, channel=outside, text="x") == "not_in_channel"
    slack.conversations_join(channel=outside)
    assert slack.chat_postMessage(channel=outside, text="x")["ok"]


def test_chat_write_public_allows_posting_without_joining(slack: WebClient, workspace: Workspace) -> None:
    workspace.scopes.add("chat:write.public")
    assert slack.chat_postMessage(channel="outside", text="x")["ok"]


def test_a_topic_is_set_and_seen_in_the_channel(slack: WebClient, oncall: str) -> None:
    slack.conversations_setTopic(channel=oncall, topic="on duty: Aiko")
    assert slack.conversations_info(channel=oncall)["channel"]["topic"]["value"] == "on duty: Aiko"
    assert slack.conversations_history(channel=oncall)["messages"][0]["subtype"] == "channel_topic"
    assert refusal(slack.conversations_setTopic, channel=oncall, topic="x" * 251) == "too_long"


def test_people_are_found_by_address_whatever_its_case_unless_they_left(slack: WebClient) -> None:
    assert slack.users_lookupByEmail(email="AIKO@example.com")["user"]["real_name"] == "Aiko Tanaka"
    assert refusal(slack.users_lookupByEmail, email="gone@example.com") == "users_not_found"
    assert refusal(slack.users_lookupByEmail, email="who@example.com") == "users_not_found"


def test_a_user_has_a_zone_and_no_address_without_the_scope(slack: WebClient, workspace: Workspace) -> None:
    aiko = workspace.user_id("aiko@example.com")
    assert slack.users_info(user=aiko)["user"]["tz"] == "Asia/Tokyo"
    workspace.scopes.discard("users:read.email")
    assert "email" not in slack.users_info(user=aiko)["user"]["profile"]


def test_members_of_a_group_are_replaced_as_a_whole(slack: WebClient, workspace: Workspace) -> None:
    group = slack.usergroups_list()["usergroups"][0]["id"]
    ben = workspace.user_id("ben@example.com")
    slack.usergroups_users_update(usergroup=group, users=[ben])
    assert slack.usergroups_users_list(usergroup=group)["users"] == [ben]


@pytest.mark.parametrize(("users", "code"), [("", "no_users_provided"), ("U404", "invalid_users")])
def test_a_group_refuses_nobody_and_strangers(slack: WebClient, users: str, code: str) -> None:
    group = slack.usergroups_list()["usergroups"][0]["id"]
    assert refusal(slack.usergroups_users_update, usergroup=group, users=users) == code
    assert slack.usergroups_list(include_count=True)["usergroups"][0]["user_count"] == 1


def test_an_uploaded_picture_stands_in_its_thread_and_is_served(slack: WebClient, oncall: str) -> None:
    head = slack.chat_postMessage(channel=oncall, text="head")["ts"]
    slack.files_upload_v2(
        channel=oncall, thread_ts=head, file=PNG, filename="a.png", title="A", initial_comment="see"
    )
    message = slack.conversations_replies(channel=oncall, ts=head)["messages"][1]
    assert (message["text"], message["files"][0]["title"]) == ("see", "A")
    served = httpx.get(message["files"][0]["url_private"])
    assert (served.content, served.headers["content-type"]) == (PNG, "image/png")
    shares = slack.files_info(file=message["files"][0]["id"])["file"]["shares"]
    assert shares == {"public": {oncall: [{"ts": message["ts"]}]}}


def test_an_upload_of_another_length_than_announced_is_refused(slack: WebClient) -> None:
    announced = slack.files_getUploadURLExternal(filename="a.png", length=5)
    assert httpx.post(announced["upload_url"], content=b"four").status_code == 400
    file = {"id": announced["file_id"], "title": "A"}
    assert refusal(slack.files_completeUploadExternal, files=[file]) == "file_not_found"


def test_an_uploaded_page_is_served_as_text(slack: WebClient, oncall: str) -> None:
    page = b"<script>alert(1)</script>"
    file = slack.files_upload_v2(channel=oncall, content=page, filename="a.html")["file"]
    assert httpx.get(file["url_private"]).headers["content-type"].startswith("text/plain")


def test_a_block_may_show_an_uploaded_file_but_no_other(slack: WebClient, oncall: str) -> None:
    block = {"type": "image", "alt_text": "chart", "slack_file": {"id": "F404"}}
    assert refusal(slack.chat_postMessage, channel=oncall, text="x", blocks=[block]) == "invalid_blocks"
    file = slack.files_upload_v2(file=PNG, filename="a.png")["file"]
    block["slack_file"] = {"id": file["id"]}
    assert slack.chat_postMessage(channel=oncall, text="x", blocks=[block])["ok"]
