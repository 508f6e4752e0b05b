"""How cells are read: dates, numbers, names with ids. Each works on one text and is called on DISTINCT values only."""
