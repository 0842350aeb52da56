"""What happens to incidents: everything that changes one writes its log entries too."""
