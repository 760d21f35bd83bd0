"""What happens on the site, told by what was done: lines that name things and say nothing of them."""
