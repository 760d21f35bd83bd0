"""What a collective's people see of all that it carries: where it stands, what needs care, how often it is seen."""
