"""What people ask for by Slack's buttons: reading presses, and which buttons stand under a message."""
