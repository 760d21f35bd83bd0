"""Where records are: addresses, towns and coordinates, as people write them."""
