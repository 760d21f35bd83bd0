"""What pictures and papers are drawn with: the colours, icons and letters of the site."""
