"""What members follow on the map: a selection or one initiative, with news of it by mail."""
