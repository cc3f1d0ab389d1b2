"""Who may sign in."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class StaffBackend(ModelBackend):
    """Django's own, except that accounts of the demonstration exist only where it may run."""

    def user_can_authenticate(self, user) -> bool:
        if user.is_demonstration and not settings.DEMONSTRATION:
            return False
        return super().user_can_authenticate(user)
