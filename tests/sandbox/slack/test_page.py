"""The page: what a person sees, and that no message can do anything to whoever looks at it."""

import re

import httpx
import pytest
from slack_sdk import WebClient

from sandbox.slack.test_directory import PNG
from sandbox_server import running
from toban.sandbox.slack import Workspace, create_app
from toban.sandbox.slack.mrkdwn import mrkdwn, plain, readable


def name_of(target: str) -> str | None:
    return "@Aiko" if target == "@U1" else None


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*b* _i_ ~s~ `c*d*`", "<b>b</b> <i>i</i> <s>s</s> <code>c*d*</code>"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("これは*太字*です", "これは*太字*です"),
        ("これは *太字* です", "これは <b>太字</b> です"),
        ("*_both_*", "<b><i>both</i></b>"),
        ("<@U1> <@U404>", '<span class="mention">@Aiko</span> &lt;@U404&gt;'),
        ("&lt;!channel&gt; &amp; <b>", "&lt;!channel&gt; &amp; &lt;b&gt;"),
        ("```a <b>\n*c*```\nd", "<pre>a &lt;b&gt;\n*c*</pre>d"),
        (">q\n&gt; r\ns", "<blockquote>q<br>r</blockquote>s"),
        (":fire: :no_such: 10:30:00", "🔥 :no_such: 10:30:00"),
        ("<javascript:alert(1)|click>", "&lt;javascript:alert(1)|click&gt;"),
    ],
)
def test_mrkdwn_is_drawn_as_slack_draws_it(text: str, html: str) -> None:
    assert mrkdwn(text, name_of) == html


def test_links_are_named_and_cannot_break_out_of_their_attribute() -> None:
    assert ">run _book_</a>" in mrkdwn("<https://x.example/a_b_c|run _book_>", name_of)
    hostile = mrkdwn('<https://x.example/" onclick="alert(1)|x>', name_of)
    assert 'href="https://x.example/&#34; onclick=&#34;alert(1)"' in hostile
    assert "see <a href=" in mrkdwn("see https://x.example/a.", name_of)


def test_a_notification_reads_as_plain_words() -> None:
    text = "<@U1> *High* <https://x.example|#12> `db` :fire: &lt;5&gt;"
    assert readable(text, name_of) == "@Aiko High #12 db 🔥 <5>"
    assert plain("a &amp; b") == "a & b"


def test_a_hostile_message_stays_text(slack: WebClient, sandbox: httpx.Client) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    plain_evil, mrkdwn_evil = {"type": "plain_text", "text": evil}, {"type": "mrkdwn", "text": evil}
    blocks = [
        {"type": "header", "text": plain_evil},
        {"type": "section", "text": mrkdwn_evil, "fields": [mrkdwn_evil]},
        {"type": "image", "image_url": "https://evil.example/x.png", "alt_text": evil},
        {"type": "actions", "elements": [{"type": "button", "text": plain_evil, "value": evil}]},
        {"type": "markdown", "text": evil},
    ]
    attachment = {"color": evil, "text": evil}
    slack.chat_postMessage(channel="oncall", text=evil, blocks=blocks, attachments=[attachment])
    page = sandbox.get("/", params={"channel": "oncall"})
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "evil.example" not in re.sub(r"\(a picture from elsewhere.*?\)", "", page.text)
    assert "script-src 'self'" in page.headers["content-security-policy"]


def test_the_page_says_that_it_is_not_slack(sandbox: httpx.Client) -> None:
    page = sandbox.get("/", params={"channel": "oncall"}).text
    assert "Slack sandbox, not Slack" in page
    assert "Nothing has been said here yet." in page


def test_who_is_rung_stands_under_the_message(
    slack: WebClient, sandbox: httpx.Client, workspace: Workspace, oncall: str
) -> None:
    aiko = workspace.user_id("aiko@example.com")
    slack.chat_postMessage(channel=oncall, text=f"<@{aiko}> please look")
    page = sandbox.get("/", params={"channel": oncall, "as": aiko}).text
    assert '<span class="mention">@Aiko Tanaka</span> please look' in page
    assert "rings Aiko Tanaka" in page
    assert "rings-you" in page
    ben = sandbox.get("/", params={"channel": oncall, "as": workspace.user_id("ben@example.com")}).text
    assert "rings-you" not in ben


def test_hours_follow_the_chosen_zone() -> None:
    people = [{"name": "A", "email": "a@example.com"}]
    workspace = Workspace.for_people(people, ["oncall"], clock=lambda: 1_700_000_000)
    workspace.say("a@example.com", "oncall", "x")
    with running(create_app(workspace)) as url:
        pages = [httpx.get(url, params={"tz": zone}).text for zone in ("Asia/Tokyo", "America/New_York")]
    assert "Wednesday 15 November 2023" in pages[0]
    assert "07:13" in pages[0]
    assert "Tuesday 14 November 2023" in pages[1]
    assert "17:13" in pages[1]


def test_a_thread_opens_beside_the_channel_and_permalinks_lead_there(
    slack: WebClient, sandbox: httpx.Client, oncall: str
) -> None:
    head = slack.chat_postMessage(channel=oncall, text="head")["ts"]
    reply = slack.chat_postMessage(channel=oncall, text="only in the thread", thread_ts=head)["ts"]
    link = slack.chat_getPermalink(channel=oncall, message_ts=reply)["permalink"]
    page = httpx.get(link, follow_redirects=True)
    assert page.url.params["thread"] == head
    assert 'aria-label="Thread"' in page.text
    assert "1 reply" in sandbox.get("/", params={"channel": oncall}).text


def test_pictures_are_shown_and_others_ephemeral_messages_are_not(
    slack: WebClient, sandbox: httpx.Client, workspace: Workspace, oncall: str
) -> None:
    aiko, ben = (workspace.user_id(f"{name}@example.com") for name in ("aiko", "ben"))
    file = slack.files_upload_v2(channel=oncall, file=PNG, filename="週.png", title="Week")["file"]
    slack.chat_postEphemeral(channel=oncall, user=aiko, text="for Aiko's eyes")
    page = sandbox.get("/", params={"channel": oncall, "as": ben}).text
    shown = re.search(rf'<img src="(/files-pri/[^"]*{file["id"]}[^"]*)"', page)
    assert shown
    assert sandbox.get(shown[1]).content == PNG
    assert "for Aiko" not in page
    assert "for Aiko" in sandbox.get("/", params={"channel": oncall, "as": aiko}).text


def test_a_private_answer_opens_a_thread_for_who_sees_it_alone(
    slack: WebClient, sandbox: httpx.Client, workspace: Workspace, oncall: str
) -> None:
    aiko, ben = (workspace.user_id(f"{name}@example.com") for name in ("aiko", "ben"))
    head = slack.chat_postMessage(channel=oncall, text="head")["ts"]
    slack.chat_postEphemeral(channel=oncall, user=aiko, text="not yours", thread_ts=head)
    assert "1 reply" in sandbox.get("/", params={"channel": oncall, "as": aiko}).text
    assert "1 reply" not in sandbox.get("/", params={"channel": oncall, "as": ben}).text


def test_shortcuts_stand_in_every_messages_menu(
    slack: WebClient, sandbox: httpx.Client, workspace: Workspace, oncall: str
) -> None:
    head = slack.chat_postMessage(channel=oncall, text="head")["ts"]
    workspace.say("aiko@example.com", "oncall", "reply", thread_ts=head)
    assert "/_sandbox/shortcut" not in sandbox.get("/", params={"channel": oncall}).text
    order = {"shortcuts": [{"callback_id": "note", "name": "Add a <note>"}]}
    sandbox.post("/_sandbox/shortcuts", json=order).raise_for_status()
    page = sandbox.get("/", params={"channel": oncall}).text
    assert page.count('value="note">Add a &lt;note&gt;</button>') == 2


def test_guests_and_people_from_elsewhere_are_marked(sandbox: httpx.Client) -> None:
    sandbox.post("/_sandbox/people", json={"name": "Gus", "is_restricted": True})
    sandbox.post("/_sandbox/people", json={"name": "Eve", "team_id": "T0OTHER"})
    page = sandbox.get("/").text
    assert "Gus (guest)" in page
    assert "Eve (other workspace)" in page


def test_the_script_learns_that_something_changed(
    slack: WebClient, sandbox: httpx.Client, oncall: str
) -> None:
    before = sandbox.get("/_sandbox/version").json()
    assert sandbox.get("/_sandbox/version").json() == before
    slack.chat_postMessage(channel=oncall, text="x")
    assert sandbox.get("/_sandbox/version").json() != before


def test_every_asset_of_the_page_is_its_own(sandbox: httpx.Client) -> None:
    page = sandbox.get("/").text
    assets = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert [sandbox.get(asset).status_code for asset in assets] == [200, 200]
    assert not re.search(r'(?:src|href)="https?:', page)


def test_what_is_not_there_is_a_404(sandbox: httpx.Client) -> None:
    assert sandbox.get("/", params={"channel": "nowhere"}).status_code == 404
    assert sandbox.get("/archives/C1/p1700000000000100").status_code == 404
    assert sandbox.get("/_sandbox/messages", params={"channel": "nowhere"}).json() == {
        "detail": "channel_not_found"
    }
    assert sandbox.post("/_sandbox/dismiss", data={"view": "V1"}).status_code == 404


def test_a_long_channel_shows_its_end_first(sandbox: httpx.Client, workspace: Workspace) -> None:
    for number in range(203):
        workspace.say("aiko@example.com", "oncall", f"line {number}.")
    page = sandbox.get("/", params={"channel": "oncall"}).text
    assert "Show 3 older" in page
    assert ("line 2." in page, "line 3." in page, "line 202." in page) == (False, True, True)
    assert "line 2." in sandbox.get("/", params={"channel": "oncall", "all": "1"}).text
