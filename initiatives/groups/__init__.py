"""Working groups seen from their initiatives: who names them, their page and what it shows."""
