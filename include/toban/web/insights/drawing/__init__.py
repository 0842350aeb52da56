"""Charts as inline SVG, drawn on the server: colours come from the style sheet, numbers from a table beside.

::

    scale    which of many labels are written
    trend    lines over time, bars of incidents, days that matter
    spark    a line or stacked bars, a thumb's width
    bars     stacked bars over a few weeks
    calendar four weeks of an escalation policy
    heat     hours of the week, in six shades
    sheet    a table
    letters  how wide a text is, and what of it can be drawn
    standalone    any of them as a document of its own, for a picture
"""
