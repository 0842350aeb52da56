"""The emoji an on-call app uses, by Slack's name; an unknown one stays as `:name:`, as plain text would."""

import re

EMOJI = {
    "+1": "👍", "-1": "👎", "alarm_clock": "⏰", "ambulance": "🚑", "arrow_down": "⬇️", "arrow_right": "➡️",
    "arrow_up": "⬆️", "arrows_counterclockwise": "🔄", "bar_chart": "📊", "beetle": "🪲", "bell": "🔔",
    "black_circle": "⚫", "blue_book": "📘", "book": "📖", "books": "📚", "bookmark": "🔖", "bug": "🐛",
    "bulb": "💡", "bust_in_silhouette": "👤", "busts_in_silhouette": "👥", "calendar": "📅", "chart": "💹",
    "chart_with_downwards_trend": "📉", "chart_with_upwards_trend": "📈", "clipboard": "📋", "clock1": "🕐",
    "cloud": "☁️", "computer": "💻", "confused": "😕", "construction": "🚧", "crescent_moon": "🌙",
    "date": "📆", "door": "🚪", "email": "📧", "exclamation": "❗", "eyes": "👀", "fast_forward": "⏩",
    "fire": "🔥", "fire_engine": "🚒", "gear": "⚙️", "green_book": "📗", "green_circle": "🟢",
    "hammer_and_wrench": "🛠️", "grey_question": "❔", "heart": "❤️", "heavy_check_mark": "✔️",
    "hourglass": "⌛", "hourglass_flowing_sand": "⏳", "information_source": "ℹ️", "jp": "🇯🇵", "key": "🔑",
    "large_blue_circle": "🔵", "large_green_circle": "🟢", "large_orange_circle": "🟠",
    "large_yellow_circle": "🟡", "link": "🔗", "loudspeaker": "📢", "mag": "🔍", "mega": "📣", "memo": "📝",
    "moneybag": "💰", "mute": "🔇", "new": "🆕", "no_bell": "🔕", "no_entry": "⛔", "ok_hand": "👌",
    "orange_circle": "🟠", "package": "📦", "one": "1️⃣", "two": "2️⃣", "three": "3️⃣",
    "page_facing_up": "📄", "pager": "📟", "pencil": "📝", "pencil2": "✏️", "phone": "☎️",
    "point_right": "👉", "pray": "🙏", "pushpin": "📌", "question": "❓", "raised_hands": "🙌",
    "raising_hand": "🙋", "red_circle": "🔴", "repeat": "🔁", "robot_face": "🤖", "rocket": "🚀",
    "rotating_light": "🚨", "satellite": "🛰️", "shield": "🛡️", "simple_smile": "🙂", "sleeping": "😴",
    "slightly_smiling_face": "🙂", "smile": "😄", "snail": "🐌", "sos": "🆘", "sparkles": "✨",
    "speech_balloon": "💬", "stopwatch": "⏱️", "sunglasses": "😎", "sunny": "☀️", "sunrise": "🌅",
    "tada": "🎉", "technologist": "🧑‍💻", "telephone_receiver": "📞", "thinking_face": "🤔", "thread": "🧵",
    "thumbsdown": "👎", "thumbsup": "👍", "timer_clock": "⏲️", "trophy": "🏆", "warning": "⚠️",
    "wave": "👋", "white_check_mark": "✅", "white_circle": "⚪", "wrench": "🔧", "x": "❌",
    "yellow_circle": "🟡", "zap": "⚡", "zzz": "💤",
}  # fmt: skip
_NAME = re.compile(r":([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:")


def with_emoji(text: str) -> str:
    """`text` with every known `:name:` as the character itself."""
    return _NAME.sub(lambda found: EMOJI.get(found[1], found[0]), text)
