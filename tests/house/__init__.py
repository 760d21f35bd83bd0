"""The house guards itself: sizes, doors, docs, words, colours."""
