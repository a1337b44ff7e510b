"""When a group may leave, and when it must be back."""

from datetime import timedelta

EARLY = timedelta(hours=2)
WALK = timedelta(hours=3)


# region: leaving
def leaving(low_water, group):
    """Two hours before low water, never later."""
    start = low_water - EARLY
    if group.has_children:
        start -= timedelta(minutes=20)
    return start
# endregion


def back(low_water):
    return low_water + WALK
