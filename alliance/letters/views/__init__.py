"""Pages of letters: the inbox, and for those who work for the alliance all letters."""
