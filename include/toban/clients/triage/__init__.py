"""What triage reads of the warehouse and of files, and the numerical part of its training."""
