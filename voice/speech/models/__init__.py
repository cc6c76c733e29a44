"""Models on disk: where they lie, what there is to fetch, and the only downloads."""
