"""Words and anchors of findings on the desk."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..prechecks import Finding, stops

register = template.Library()

# Fields whose place on the page of a story is not «id_» and their name.
ANCHORS = {"bylines": "bylines-group", "override": "id_override"}


@register.simple_tag
def finding_anchor(finding: Finding) -> str:
    """Return the id of the element of the story's page that a finding is about."""
    return ANCHORS.get(finding.field, f"id_{finding.field}")


@register.simple_tag
def finding_count(findings: list[Finding]) -> str:
    """Return how many stops and how many others were found, in words; «» for nothing."""
    stopping = len(stops(findings))
    others = len(findings) - stopping
    words = []
    if stopping:
        words.append(ngettext("%d stop", "%d stops", stopping) % stopping)
    if others:
        words.append(ngettext("%d to look at", "%d to look at", others) % others)
    return " · ".join(words) or _("nothing found")
