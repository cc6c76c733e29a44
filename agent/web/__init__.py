"""The local page: `rehearse open`."""
