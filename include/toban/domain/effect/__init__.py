"""Did it help? The wait from minute k to the acknowledgement, before a day and since it.

``nouns`` are what is compared, ``curve`` weighs and measures one side, ``interval`` says how sure the
difference is, ``estimate`` puts them together and judges, ``sentence`` says it.
"""
