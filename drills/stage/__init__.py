"""What drills stand on: the real server, and faults to plant in it."""
