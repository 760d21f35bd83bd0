"""Links and files on the page of a space, put there by those who run it."""
