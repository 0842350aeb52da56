"""`python -m toban` is the `toban` command."""

from toban.cli import main

main()
