"""Is this alert new, how did such ones end, and does it need anybody? Values in, values out."""
