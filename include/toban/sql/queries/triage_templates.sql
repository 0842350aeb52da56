-- One row per service and template: the asked one, and those whose words come nearest.
with before as (
    select template, service_id, incidents, first_seen, last_seen
    from alert_templates
    where first_seen < $at and template is not null
),

near as (
    from before
    where template <> $template
    order by
        len(list_intersect(string_split(lower(template), ' '), string_split(lower($template), ' '))) desc,
        jaccard(template, $template) desc,
        template,
        service_id
    limit $near
)

from before where template = $template
union all
from near
