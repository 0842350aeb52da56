"""Who is on call when: rotation layers with restrictions, overrides, escalation policies."""
