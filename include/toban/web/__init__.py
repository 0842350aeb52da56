"""What Toban hears over HTTP, as FastAPI apps; no airflow, no jobs: `wiring` hands in what they act with.

::

    receivers       create_receivers: the app that outsiders speak to, its routes and its refusals
    pagerduty       POST /pagerduty: webhooks v3 wake the alert DAG
    signatures      PagerDuty's HMAC over the raw bytes
    slack_buttons   Slack's buttons and dialogs
    intake          POST /intake/<id>: monitoring tools without an integration in PagerDuty
    bodies          a request's body, up to a limit
    waking          what wakes a run: the type, and what it answers

Endpoints that wait for a database are plain functions, which FastAPI runs in a thread; a body is read by
``Depends`` on an async function before. Nothing that a stranger sends is written to the log.
"""
