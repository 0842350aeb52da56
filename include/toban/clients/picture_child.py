"""The process that draws one picture and ends: SVG on standard input, a PNG on standard output."""

import sys

from toban.clients.charts import picture

if __name__ == "__main__":
    sys.stdout.buffer.write(picture(sys.stdin.buffer.read().decode()))
