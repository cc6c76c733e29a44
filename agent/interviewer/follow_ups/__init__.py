"""Follow-ups without a language model: few kinds, each worded so that it fits whatever was said."""
