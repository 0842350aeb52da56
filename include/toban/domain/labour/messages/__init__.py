"""The labour month in Slack: to each person the own month, to the private channel the team's."""
