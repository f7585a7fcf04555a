"""The counting grammar: noun groups, their lists, and what governs them."""
