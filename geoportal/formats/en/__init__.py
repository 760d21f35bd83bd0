"""English, as in Britain and in Europe."""
