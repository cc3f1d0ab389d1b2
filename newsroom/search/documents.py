"""A story as its terms."""

from articles.models import Article
from articles.text import plain_text

from .analysis import ANALYZER, terms
from .models import SearchDoc

# Characters of the text whose terms are written: the lead and what follows it. Longer texts cost more than
# their last lines are worth; titles, deck and tags are written whole.
TEXT_LENGTH = 240 + 1500


def document_of(article: Article) -> SearchDoc:
    """Return the terms of a story as a row that is not stored yet."""
    title = terms(f"{article.headline}\n{article.list_title}")
    lead = terms("\n".join([article.kicker, article.deck, *article.tag_list]))
    body = terms(plain_text(article.body)[:TEXT_LENGTH])
    return SearchDoc(
        article=article,
        title_terms=" ".join(title),
        lead_terms=" ".join(lead),
        body_terms=" ".join(body),
        length=len(title) + len(lead) + len(body),
        analyzer=ANALYZER,
    )
