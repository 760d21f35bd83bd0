"""Reports: what readers say is wrong with an initiative, settled by moderators, answered by mail."""
