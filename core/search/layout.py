"""Text typed with the wrong keyboard layout: «ghbdtn» is «привет»."""

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_TO_LATIN = str.maketrans(_RUSSIAN, _LATIN)


def other_layout(text: str) -> str:
    """The same keys on the other layout: to Russian when letters are Latin, else to Latin."""
    has_latin = any("a" <= letter <= "z" for letter in text.lower())
    return text.translate(_TO_RUSSIAN if has_latin else _TO_LATIN)
