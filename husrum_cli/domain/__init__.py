"""What HUSRUM does: people, activities, befriending and the figures made of them. Values in, records out."""
