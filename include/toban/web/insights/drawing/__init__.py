"""Charts as inline SVG, drawn on the server: colours come from the style sheet, numbers from a table beside.

::

    scale    ticks that people read easily, and where a value lies
    trend    lines over time, bars of incidents, days that matter
    spark    a line or stacked bars, a thumb's width
    heat     in which of six shades a number lies
"""
