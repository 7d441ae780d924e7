"""Everything a person reads in the chat: cards, keyboards, button codes, catalogues."""
