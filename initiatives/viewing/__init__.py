"""Views of public pages, counted without cookies and without anything of those who look."""
