"""The use cases: one function is one decision inside one transaction; plain code, nothing awaited."""
