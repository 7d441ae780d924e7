"""The proof that the program keeps its word; storage, services and journeys run on both real databases."""
