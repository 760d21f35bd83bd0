"""Running a campaign: making and revising it, its jury, its phases."""
