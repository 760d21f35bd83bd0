"""Pages of people and invitations: one of each for collectives, groups and spaces, which give it their words."""
