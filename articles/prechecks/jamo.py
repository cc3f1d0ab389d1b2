"""How far two Korean words are apart, letter by letter. Pure."""

FIRST, LAST = ord("가"), ord("힣")
FINALS, MEDIALS = 28, 21


def letters(syllable: str) -> tuple[int, int, int]:
    """Return initial, medial and final of a Hangul syllable as numbers."""
    code = ord(syllable) - FIRST
    return code // (MEDIALS * FINALS), code // FINALS % MEDIALS, code % FINALS


def differ_by_one_letter(one: str, other: str) -> bool:
    """Tell whether two words of Hangul have the same length and differ in one letter of one syllable.

    «김민준» and «김민중» do (a slip of a finger); «김민수» and «김민호» do not (a name of its own).
    """
    if len(one) != len(other) or one == other:
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(pairs) != 1 or not all(FIRST <= ord(syllable) <= LAST for syllable in pairs[0]):
        return False
    return sum(a != b for a, b in zip(letters(pairs[0][0]), letters(pairs[0][1]), strict=True)) == 1
