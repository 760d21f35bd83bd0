"""The history of an initiative: its versions, what of them a reader may see, and how two of them differ."""
