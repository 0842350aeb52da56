"""On-call as work: who stood by, who was really called out when, and what a company's rules make of it.

``nouns`` are what is counted, ``rules`` what counts how and since when, ``callouts`` and ``standby`` find the
time, ``corrections`` lets people put it right, ``pieces`` cuts it by day and night, ``minutes`` adds it up,
``rest`` looks at what is left of it, ``allowances`` prices it, ``month`` and ``team`` put it together.
``attendance`` adds what was worked besides, ``overtime`` finds what is too much of a day, week or month, and
``agreement`` holds it against the limits of ``limits``. ``sheets`` show it. None of it is legal advice.
"""
