"""SQL that somebody typed: what may be asked, where in the text something is wrong, and what comes back."""
