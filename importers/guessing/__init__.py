"""What a file says, guessed where nobody said it: columns, themes, the country and the system of coordinates."""
