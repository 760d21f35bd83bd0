"""The ledger: what members did for the commons, written by what they did and never changed."""
