"""Lists in the database: what is in each, how somebody left theirs, the files that are made of them."""
