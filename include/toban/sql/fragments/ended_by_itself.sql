(
    resolved_automatically
    and acknowledged_at is null
    and manual_escalations = 0
    and reassignments = 0
    and note_count = 0
)
