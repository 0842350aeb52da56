"""What `toban doctor` examines, one system a module; each examination yields findings."""
