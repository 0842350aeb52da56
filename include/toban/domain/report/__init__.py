"""The weekly report: numbers in, a judgement and messages out.

``nouns`` are what the numbers are; ``headline`` judges them with ``change``, ``cause`` and ``suggestion``;
``message``, ``thread``, ``people`` and ``chart`` say them.
"""
