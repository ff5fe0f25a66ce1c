"""What a trial raises."""


class Violation(Exception):
    """Something that must hold does not."""
