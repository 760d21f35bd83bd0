"""Made-up content to try the site with, marked as such."""
