"""Charts as inline SVG, drawn on the server: colours come from the style sheet, numbers from a table beside.

::

    scale    which of many labels are written
    trend    lines over time, bars of incidents, days that matter
    spark    a line or stacked bars, a thumb's width
    calendar four weeks of an escalation policy
    standalone    a chart as a document of its own, for a picture
    heat     in which of six shades a number lies
"""
