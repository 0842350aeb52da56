"""tap-pagerduty as it is, but for the address, which it has no setting for. Runs in .venv-bench-tap.

python sync_tap.py URL --config FILE --catalog FILE > records.jsonl
"""

import sys

import tap_pagerduty
from tap_pagerduty.streams import PagerdutyStream


def main() -> None:
    PagerdutyStream.BASE_URL = sys.argv.pop(1)
    tap_pagerduty.main()


if __name__ == "__main__":
    main()
