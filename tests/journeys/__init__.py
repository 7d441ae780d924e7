"""Stories from end to end: people with telephones, the whole program, both databases."""
