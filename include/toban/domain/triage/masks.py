"""What varies between two firings of one alert, and the name that stands for it.

The rules are fixed: nothing is learned, so that a template keeps its name for ever. ``VERSION`` changes with
them, and what was worked out by other rules is worked out again.
"""

import re

VERSION = 1
PLACEHOLDER = re.compile(r"<(?:url|email|time|name|path|size|duration|n)>")

_UUID = r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"
UUID = re.compile(_UUID, re.I | re.A)
_NUMBER = r"[-+]?\d+(?:[.,]\d+){0,6}(?:e[-+]?\d+)?"
_UNIT = (
    r"(?:ms|[uµμ]s|ns|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|[smhdw]"
    r"|ミリ秒|秒間?|分間?|時間|日間|週間)"
)
_SIZE = r"(?:[kmgtpe]i?b(?:ps|/s)?|bytes?|[kmgtpe]i)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_CLOCK = (
    r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?: ?[ap]m\b)?"
    r"(?: ?(?:Z|UTC|GMT|JST|[-+]\d{2}:?\d{2})\b)?"
)
_DATE = (
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    rf"|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}"
    rf"|\d{{1,2}} {_MONTH}\.?(?: \d{{4}})?|{_MONTH}\.? \d{{1,2}}(?:,? \d{{4}})?)"
)
_JAPANESE_DATE = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?: ?\([月火水木金土日]\))?"
_JAPANESE_CLOCK = r"(?:午前|午後)?\d{1,2}時(?!間)(?:\d{1,2}分(?:\d{1,2}秒)?)?"
_TIME = (
    rf"(?<![\w-]){_DATE}(?:[T ,]+(?:at )?{_CLOCK})?(?![\w-])|(?<![\w.:-]){_CLOCK}(?![\w:.-])"
    rf"|{_JAPANESE_DATE}(?: ?(?:{_JAPANESE_CLOCK}|{_CLOCK}))?|{_JAPANESE_CLOCK}"
)

# In the whole text, in this order: what is longer or more certain goes first, so that a date is not taken
# for three numbers.
WHOLE = tuple(
    (re.compile(pattern, re.I | re.A), name)
    for pattern, name in (
        (r"\b[a-z][a-z0-9+.-]{1,15}://[^\s\"'<>、。」)]+", "<url>"),
        (r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b", "<email>"),
        (_UUID, "<name>"),
        (_TIME, "<time>"),
        (r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+|/\d+)?\b", "<name>"),
        (r"(?<![\w:.])(?=[0-9a-f]*:[0-9a-f]*:)[0-9a-f:]{4,39}(?![\w:])", "<name>"),
        (rf"(?<![\w.-]){_NUMBER} ?{_UNIT}(?: ?{_NUMBER} ?{_UNIT})*(?![\w-])", "<duration>"),
        (rf"(?<![\w.-]){_NUMBER} ?{_SIZE}(?![\w-])", "<size>"),
        (r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,-])", "<n>"),
    )
)

# Names that hold a digit by custom, not by count.
KEPT = re.compile(
    r"[2345]xx|p\d{2,3}|s3|ec2|k[38]s|http[23]?|h2|ipv[46]|md5|sha(?:1|256|512)|utf-?(?:8|16)|oauth2|log4j2?"
    r"|neo4j|x86|x509|base64|u?int(?:8|16|32|64)|a[mr][dm]64|[eb]2[eb]|l[47]|i18n|raid\d+|route53|gp[23]|db2",
    re.I,
)
# Files and metrics look like hosts, and say which alert it is.
_NO_FILE = (
    r"(?!.*\.(?:py|js|ts|go|sh|md|rs|rb|cs|pl|so|gz|db|sql|log|txt|csv|xml|yml|cfg|ini|jar|php|css|zip|tar"
    r"|tmp|pid|bak|key|pem|crt|exe|dll|avg|max|min|sum)$)"
)
_TOP = (
    r"(?:[a-z]{2,3}|info|local|internal|intra|corp|localdomain|cluster|cloud|test|example|services|online"
    r"|site|tech|host|invalid)"
)
_POD = "[bcdf-hj-np-tv-xz2456789]"  # Kubernetes leaves out vowels in the names it makes

# Of one word between spaces, brackets and quotation marks; the first that fits wholly decides.
WORDS = tuple(
    (re.compile(pattern, re.I | re.A), name)
    for pattern, name in (
        (r"(?:~|\.{1,2})?/.+|[a-z]:\\.+|(?=.*[\d.])[^/]+(?:/[^/]+){2,}/?", "<path>"),
        (rf"{_NUMBER}|[-+]?(?:inf|nan)|v\d+(?:\.\d+)+[\w.-]*|\d+(?:st|nd|rd|th)", "<n>"),
        (rf"{_NO_FILE}(?:[\w-]+\.)+{_TOP}(?::\d+)?", "<name>"),
        (rf"[a-z0-9-]*-{_POD}{{8,10}}-{_POD}{{5}}", "<name>"),
        (r"0x[0-9a-f]+|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,}", "<name>"),
        (rf"{_NO_FILE}(?=.*\d)\w+(?:[-.]\w+)+(?::\d+)?", "<name>"),
        (r"(?=.*\d)\w*_\w*", "<name>"),
        (r"[a-z]{1,15}\d+[a-z]?(?::\d+)?", "<name>"),
        (r"(?=\d*[a-z]+\d|[a-z]+\d+[a-z]|\d+[a-z]{2,}\d)\w+", "<name>"),
    )
)
NO_NUMBERS = frozenset({"inf", "nan"})  # letters that stand for a number all the same
NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
# The name that follows such a word is a machine's, also without a digit.
MACHINE = re.compile(
    r"hosts?|hostname|instance|node|pod|server|container|device|fqdn|vm|(?:request|trace|span)_?id",
    re.I,
)
JOINED = re.compile(r"(?=.*[-._])\w+(?:[-.]\w+)*", re.A)
