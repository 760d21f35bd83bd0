"""Changes that people without the right to make them suggest: made, compared, decided, answered."""
