"""The daily announcement: who is on duty, who is next, and where nobody is.

``slot`` decides which teams share a message and what it is called; ``nouns`` are what it tells;
``words``, ``lines`` and ``warnings`` make the parts of ``message``.
"""
