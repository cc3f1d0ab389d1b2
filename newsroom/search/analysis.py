"""Words into terms: what is written into the index and what is looked for, the same on every database.

Korean has no plain ends of words: particles and endings grow on them. So runs of Hangul, and of Han and
Kana, become overlapping pairs of characters («나루터» is 나루 and 루터), which finds every part of a word
without a dictionary; Latin letters and digits become words with a light English stemmer. Pure functions.
"""

import re
import unicodedata
from dataclasses import dataclass

# To be raised with every change of what ``terms`` returns; ``manage.py search_rebuild`` then renews the index.
ANALYZER = 1

# Characters that nobody sees: soft hyphens, joiners, marks of direction, fillers of Hangul, variation selectors.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
HANGUL = "\u1100-\u11ff\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7c6\ud7cb-\ud7fb"
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
HAN = (
    f"\u3005\u3007{KANA}\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9"
    "\U00020000-\U0002a6df\U0002a700-\U0002b738\U0002b740-\U0002b81d\U0002b820-\U0002cea1\U0002ceb0-\U0002ebe0"
    "\U00030000-\U0003134a"
)
# A run of one script. The last kind is what is left of letters and digits.
RUN = re.compile(f"(?P<hangul>[{HANGUL}]+)|(?P<han>[{HAN}]+)|[^\\W_{HANGUL}{HAN}]+")
STOP_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "to",
        "in",
        "for",
        "on",
        "at",
        "by",
        "with",
        "is",
        "are",
        "was",
        "were",
        "s",
    ]
)
VOWELS = frozenset("aeiouy")

# Particles and endings, without which a word is looked for; the longest that fits is taken off.
PARTICLES = """
은 는 이 가 을 를 의 에 와 과 도 로 만 나 랑 께 야 여 에서 에게 한테 께서 에는 에도 에만 에의 까지 부터
마저 조차 밖에 처럼 보다 으로 이나 이랑 하고 라도 이라 라는 이란 이며 이고 로서 로써 로는 로도 로의 와의
과의 와는 과는 만의 만은 만이 만을 도록 들이 들을 들은 들의 들도 들과 들에 에서는 에서도 에서의 에게는
에게도 에게서 까지의 까지는 까지도 부터의 부터는 으로서 으로써 으로는 으로도 으로의 이라고 이라는 이라도
이라며 이라면 라고 라며 라면 들에게 들에는 들에서 들로 들까지 들만
"""
ENDINGS = """
다 고 며 면 지 게 한 할 함 된 될 됨 인 일 하다 하는 하며 하면 하지 하게 하자 하라 하기 한다 했다 했던
했고 했지 해야 해서 하여 하던 되다 되는 되고 되며 되면 되지 되어 된다 됐다 됐던 됐고 되기 돼야 돼서 이다
이던 였다 였던 입니다 합니다 했습니다 됩니다 됐습니다 습니다 었다 았다 였고 했으며 됐으며 했지만 하지만
됐지만 되지만 이지만 하면서 되면서 이면서 하려는 하려고 하기로 하기 하도록 되도록 한다고 한다는 했다고
했다는 된다고 된다는 됐다고 됐다는 이라고 한다면 하겠다 되겠다 한다며 했다며 해주세요 해주십시오 하십시오
하세요 시켜 시킨 시키는 시켰다 으며 으면 으로 는데 인데 하는데 했는데 지만 거나 하거나 되거나 네요 세요
해요 어요 아요 군요
"""
LONGEST_ENDING = 5
SUFFIXES = frozenset([*PARTICLES.split(), *ENDINGS.split()])


@dataclass(frozen=True)
class Word:
    """A word of a query: as typed (normalised), without its ending, and the terms of that, which stand in a row.

    ``whole`` tells that several words were quoted as one: nothing was taken off the end.
    """

    text: str
    stem: str
    terms: tuple[str, ...]
    whole: bool = False

    @property
    def is_open(self) -> bool:
        """Whether longer terms that begin with this one are meant, too: those of a single Korean syllable."""
        return (
            not self.whole and len(self.terms) == 1 and len(self.terms[0]) == 1 and self.terms[0] > "\u1100"
        )


def normalise(text: str) -> str:
    """Return ``text`` as it is compared: NFKC, without what nobody sees, case and commas of thousands."""
    seen = unicodedata.normalize("NFKC", UNSEEN.sub("", text or ""))
    folded = unicodedata.normalize("NFKC", UNSEEN.sub("", seen).casefold())
    return THOUSANDS.sub("", folded)


def terms(text: str) -> list[str]:
    """Return the terms of ``text`` in order; every one is letters and digits only."""
    return list(terms_of(normalise(text)))


def terms_of(normal: str):
    """Yield the terms of a normalised text."""
    for run in RUN.finditer(normal):
        word = run[0]
        if run.lastgroup is None:
            if word not in STOP_WORDS:
                yield stem(word)
        elif len(word) == 1:
            yield word
        else:
            yield from (word[place : place + 2] for place in range(len(word) - 1))


def stem(word: str) -> str:
    """Return an English word without -s, -ed and -ing; others, and short ones, as they are."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and VOWELS & set(root):
            doubled = root[-1] == root[-2] and root[-1] not in "lsz"
            return root[:-1] if doubled else root
    return word


def strip(run: str, least: int = 2) -> str:
    """Return a run of Hangul without its particle or ending, of which ``least`` syllables stay at least."""
    for size in range(min(LONGEST_ENDING, len(run) - least), 0, -1):
        if run[-size:] in SUFFIXES:
            return run[:-size]
    return run


def strip_word(word: str) -> str:
    """Return a normalised word without the particle or ending of its last run of Hangul («AI가» is ai)."""
    runs = list(RUN.finditer(word))
    if not runs or runs[-1].lastgroup != "hangul":
        return word
    last = runs[-1]
    joined = len(runs) > 1 and runs[-2].end() == last.start()
    return word[: last.start()] + strip(last[0], 0 if joined else 2)
