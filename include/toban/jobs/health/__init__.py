"""What the health report is made with: `limits` are the settings in the domain's words, `telling` says it."""
