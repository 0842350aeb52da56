"""Runbooks found by what they say and by what people confirmed, for alerts that no person's rule names."""
