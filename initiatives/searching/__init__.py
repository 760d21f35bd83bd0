"""Search beyond the filter `q`: what comes first, how a word goes on, what else may have been meant."""
