-- One row: since when incidents are stored without a gap, and the stretch for which shifts were read.
select
    max(value) filter (where name = 'covered_since') as covered_since,
    max(value) filter (where name = 'shifts') as shifts
from sync_state
