"""The handover in the announcement's thread: what is still open, and what the last shift met."""
