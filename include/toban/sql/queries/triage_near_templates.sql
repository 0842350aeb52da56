-- One row per service and template: of the others, those that share most words or signs with the asked one.
select template, service_id, incidents, first_seen, last_seen
from alert_templates
where template <> $template and first_seen < $at
order by
    len(list_intersect(string_split(lower(template), ' '), string_split(lower($template), ' '))) desc,
    jaccard(template || ' ', $template || ' ') desc,
    template,
    service_id
limit $most
