"""The page for the person who decides: ``findings`` judge, ``cards``, ``tables`` and ``page`` show."""
