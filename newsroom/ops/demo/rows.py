"""The models of other sub-apps that the demonstration fills.

The house rule forbids sub-apps to import one another; the demonstration, which sets up a whole paper,
asks Django's registry for them, here and nowhere else.
"""

from django.apps import apps
from django.contrib.auth import get_user_model

User = get_user_model()
Publication = apps.get_model("newsroom_publication", "Publication")
Page = apps.get_model("newsroom_publication", "Page")
Front = apps.get_model("newsroom_front", "Front")
Slot = apps.get_model("newsroom_front", "Slot")
Comment = apps.get_model("newsroom_readers", "Comment")
ReadCount = apps.get_model("newsroom_readers", "ReadCount")
Assignment = apps.get_model("newsroom_planning", "Assignment")
Note = apps.get_model("newsroom_notices", "Note")
Notice = apps.get_model("newsroom_notices", "Notice")
Ranking = apps.get_model("newsroom_readers", "Ranking")
