"""Words for a large archive, recombined from the stories of the demonstration. No ORM."""

import html
import random
import re
from dataclasses import dataclass

from articles.text import open_quotes, plain_text

from .files import stories

PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
SUBHEAD = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
HEADLINE_PARTS = re.compile(r"…|, ")
CLOSING = re.compile("[”’」』》〉]")
MIN_CHARACTERS = 1_500
SHORTEST_SENTENCE = 15
PARAGRAPHS_BEFORE_SUBHEAD = 4


@dataclass(frozen=True)
class Text:
    """A recombined story: its markup and the plain text of its beginning."""

    body: str
    beginning: str


class Corpus:
    """Sentences, subheads and parts of headlines to choose from."""

    def __init__(self) -> None:
        bodies = [words["body"] for words in stories().values()]
        lines = [plain_text(line) for body in bodies for line in PARAGRAPH.findall(body)]
        self.sentences = [one for line in lines for one in SENTENCE_END.split(line) if is_whole(one)]
        self.subheads = [plain_text(line) for body in bodies for line in SUBHEAD.findall(body)]
        headlines = [
            words["headline"] for words in stories().values() if not words["headline"].startswith(("[", "("))
        ]
        self.starts = [parts[0].strip() for line in headlines if len(parts := HEADLINE_PARTS.split(line)) > 1]
        self.ends = [parts[-1].strip() for line in headlines if len(parts := HEADLINE_PARTS.split(line)) > 1]
        self.decks = [
            line for words in stories().values() for line in words["deck"].strip().splitlines() if line
        ]

    def headline(self, chance: random.Random) -> str:
        """Return a headline of two parts of others."""
        return f"{chance.choice(self.starts)}… {chance.choice(self.ends)}"

    def text(self, chance: random.Random) -> Text:
        """Return a text of at least ``MIN_CHARACTERS`` characters, in paragraphs with a subhead now and then."""
        length, blocks, beginning = 0, [], ""
        while length < MIN_CHARACTERS:
            if blocks and len(blocks) % (PARAGRAPHS_BEFORE_SUBHEAD + 1) == PARAGRAPHS_BEFORE_SUBHEAD:
                blocks.append(f"<h2>{escape(chance.choice(self.subheads))}</h2>")
            paragraph = " ".join(chance.choices(self.sentences, k=chance.randint(2, 5)))
            blocks.append(f"<p>{escape(paragraph)}</p>")
            length += len(paragraph)
            if len(blocks) <= PARAGRAPHS_BEFORE_SUBHEAD:
                beginning += f"{paragraph} "
        return Text("".join(blocks), beginning.strip())


def is_whole(sentence: str) -> bool:
    """Tell whether the sentence stands on its own: long enough, and no quotation opened or closed only."""
    if len(sentence) < SHORTEST_SENTENCE or open_quotes(sentence):
        return False
    pairs = sum(sentence.count(mark) for mark in "“‘「『《〈")
    return len(CLOSING.findall(sentence)) == pairs


def escape(text: str) -> str:
    """Return plain text as markup the way the schema of texts stores it."""
    return html.escape(text, quote=False)
