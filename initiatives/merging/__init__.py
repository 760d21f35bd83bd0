"""Two entries for the same thing become one, and two again where that was wrong; which ones only look alike."""
