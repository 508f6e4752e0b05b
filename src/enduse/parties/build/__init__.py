"""How the learned tables of `reference/parties` are made from published lists: run by a maintainer, never by a user."""
