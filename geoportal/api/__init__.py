"""What the API says of itself: OpenAPI, and a page made of it."""
