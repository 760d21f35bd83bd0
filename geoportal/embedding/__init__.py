"""The map on other sites: the page in their frame, the code that they copy, and oEmbed for those who paste a link."""
