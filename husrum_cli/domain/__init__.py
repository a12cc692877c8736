"""The domain of HUSRUM: people, activities, befriending and the figures made of them. Values in, records out."""
