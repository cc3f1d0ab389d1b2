"""Signals of the ground floor; other apps connect in ``AppConfig.ready``.

All are sent inside the transaction of the change, so that a receiver may write rows that stand
or fall with it. Effects outside the database belong into ``transaction.on_commit``.
"""

from django.dispatch import Signal

# A verb has changed a story. Arguments: article, verb (str), by (user or None),
# was_public (bool: could readers see it before the change?).
article_changed = Signal()

# A photo is about to be stored with a new file; a receiver may fill in what nobody has given, such as the
# copyright notice. Arguments: photo, by (user or None).
photo_arrived = Signal()

# A photo's file, focal point, words or rights have changed, or its right has begun or ended. Arguments: photo.
photo_changed = Signal()

# People are to be told of something that is no verb on a story. Arguments: users (members of staff), kind
# (str: a kind of notice, such as "assignment"), by (user or None), subject (str), words (str), address (str:
# a path of the desk), and where there is one, article.
notice_wanted = Signal()

# Somebody of the desk looks at photos whose right ends soon: who tells others of it does so now, if nobody has.
# Sent outside of any transaction. Arguments: photos.
rights_end_soon = Signal()
