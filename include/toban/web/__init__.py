"""What Toban hears and shows over HTTP, as FastAPI apps; no airflow, no jobs: `wiring` hands in the rest.

::

    receivers       create_receivers: the app that outsiders speak to, its routes and its refusals
    pagerduty       POST /pagerduty: webhooks v3 wake the alert DAG
    signatures      PagerDuty's HMAC over the raw bytes
    slack_buttons   Slack's buttons and dialogs
    intake          POST /intake/<id>: monitoring tools without an integration in PagerDuty
    bodies          a request's body, up to a limit
    insights        the pages for whoever is logged in to Airflow
    keeping         secrets are read once in a while
    waking          when a run is made, and how many who ask at once share one answer

Work that waits for a database runs in a thread, so that Airflow's own pages are not held up. Bodies and
headers are never written to the log.
"""
