"""Incidents in pandas: run `marimo edit notebooks/incidents.py` where Toban and marimo are installed."""

import marimo

app = marimo.App()


@app.cell
def _():
    import toban

    snapshot = toban.open_snapshot()
    return (snapshot,)


@app.cell
def _(snapshot):
    incidents = snapshot.frame("select * from reported_incidents")
    incidents[["local_created_at", "service", "title", "urgency", "seconds_to_acknowledge"]]
    return (incidents,)


@app.cell
def _(incidents):
    # Incidents by week, and the median minutes until somebody acknowledged.
    weeks = incidents.groupby("local_week").agg(
        incidents=("incident_id", "count"), mtta_median_min=("seconds_to_acknowledge", "median")
    )
    weeks["mtta_median_min"] /= 60
    weeks
    return (weeks,)


@app.cell
def _(incidents):
    # Which services wake people, by the weekday and hour the incident began in.
    hours = (
        incidents.assign(
            weekday=incidents["local_created_at"].dt.day_name(), hour=incidents["local_created_at"].dt.hour
        )
        .pivot_table(
            index=["service", "weekday"],
            columns="hour",
            values="sleep_hour_interruptions",
            aggfunc="sum",
            fill_value=0,
        )
        .rename(columns=str)
    )
    hours
    return (hours,)


if __name__ == "__main__":
    app.run()
