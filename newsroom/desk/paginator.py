"""Pages of the desk's lists: the newest thousand, counted no further."""

from functools import cached_property

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

MOST_ROWS = 1_000


class BoundedPaginator(Paginator):
    """A paginator that reads the keys of at most 1,001 rows, once, however large the archive is.

    Those keys give the count and every page, so that a search through all texts runs a single time.
    """

    def __init__(self, object_list, per_page, *args, **kwargs) -> None:
        super().__init__(object_list, per_page, *args, **kwargs)
        self.rows = object_list

    @cached_property
    def keys(self) -> list:
        """The keys of the first rows in order, one more than are shown."""
        return list(self.rows.values_list("pk", flat=True)[: MOST_ROWS + 1])

    @cached_property
    def count(self) -> int:
        return min(len(self.keys), MOST_ROWS)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than are counted."""
        return len(self.keys) > MOST_ROWS

    @property
    def total(self) -> str:
        """The count in words: «1,000+» where there are more."""
        return _("%(count)s+") % {"count": f"{MOST_ROWS:,}"} if self.is_cut else f"{self.count:,}"

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.keys[: self.count][first : first + self.per_page]
        return self._get_page(self.rows.filter(pk__in=keys), number, self)
