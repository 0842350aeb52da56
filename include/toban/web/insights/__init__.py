"""Pages inside Airflow's UI: server-rendered, nothing loaded from outside, for whoever is logged in.

::

    overview, incidents, tables, oncall, health, definitions    the pages, each a section or more
    cards, columns, timeline, moments, drawing    what they are made of
    sheets, pictures, csv_files, scope    tables as shown; PNG, CSV, and what they are of
    incident_sheets, incident_parts, load_tables    the tables of incidents and of on-call health
    console, console_words    SQL that somebody types, and why it has no answer
    desk, filters, kept    the snapshots, what an address asks of them, and reports worked out before

    app        create_insights: the door, the headers, the sections and the refusals
    door       nobody passes without a login; a form comes from a page of our own
    visitors   who looks, and the dependency of pages about persons
    headers    Content-Security-Policy and its company
    sections   routes with a place in the navigation
    addresses  links that keep the filters
    pages      render: a template and what each page needs
    speaking   Japanese or English
    static     style sheet, script, icons
    problems   refusals and faults as pages
"""
