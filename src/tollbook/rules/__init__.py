"""Rules and word lists: data files, each row with an id and examples beside it."""
