"""Who may sign in."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission


class StaffBackend(ModelBackend):
    """Django's own, except that accounts of the demonstration exist only where it may run."""

    def user_can_authenticate(self, user) -> bool:
        if user.is_demonstration and not settings.DEMONSTRATION:
            return False
        return super().user_can_authenticate(user)

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        """Return the rights of a person and of their groups: one query a page, where Django asks two.

        Like Django's own, kept with the object of the user; nothing for one single object, nor for the inactive.
        """
        knows = user_obj.is_anonymous or hasattr(user_obj, "_perm_cache")
        if obj is None and user_obj.is_active and not user_obj.is_superuser and not knows:
            named = Permission.objects.order_by().values_list("content_type__app_label", "codename")
            rows = named.filter(user=user_obj).union(named.filter(group__user=user_obj))
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in rows}
        return super().get_all_permissions(user_obj, obj)
