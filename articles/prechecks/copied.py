"""The check for text that stands in another story of the paper, or in a press release."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..states import Origin
from .finding import Finding
from .registry import Parameter, Rule, Values, register
from .shingles import WORD, overlap
from .subject import Subject

FEWEST_WORDS = 20


def copied(subject: Subject, values: Values) -> Iterator[Finding]:
    """Overlap with other texts, shown in per cent and sentence by sentence.

    A story that is declared a release, an agency's or a reprint may well be one; it is still told that the
    paper has printed the same text already. ``Neighbour.address`` is empty for a text that was pasted in.
    """
    if len(WORD.findall(subject.plain)) < FEWEST_WORDS:
        return
    for neighbour in subject.known.neighbours:
        if not neighbour.address and subject.origin != Origin.OWN:
            continue
        shared = overlap(subject.plain, neighbour.words)
        if shared.percent >= values.number("percent"):
            yield Finding(
                _("%(percent)d%% of the text stands in «%(label)s». Write it anew, or name the source.")
                % {"percent": shared.percent, "label": neighbour.label},
                field="body",
                address=neighbour.address,
                percent=shared.percent,
                pairs=shared.pairs,
            )


register(
    Rule(
        "copied",
        gettext_lazy("Copied text"),
        gettext_lazy("Text that stands in another story of the last 30 days, or in a release pasted in."),
        copied,
        parameters=(
            Parameter("percent", gettext_lazy("from this share on (per cent)"), "30", least=5, most=100),
        ),
    )
)
