"""The HTTP face: one module for each family of endpoints, and the gate before them."""
