"""What values of a fault can be at most, refused in words; a record of a fault never lies."""


def between(name: str, value: int, least: int, most: int) -> None:
    """Refuse a number out of range.

    Raises:
        ValueError: it is less than `least` or more than `most`.
    """
    if not least <= value <= most:
        raise ValueError(f"{name}: {value} is not from {least} to {most}")


def breaks_a_word(sign: str) -> bool:
    """Whether a sign cannot stand inside one word."""
    return not sign.isprintable() or sign.isspace()
