"""The labour report as tables: `month`, each person; `evidence`, each call-out; `rules`, what made them."""
