"""Parts of the labour report: rules out of the settings, people out of a file."""
