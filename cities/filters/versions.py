"""By what the versions of a profile are searched."""

from alliance.pages.filters import ListFilters


class VersionFilters(ListFilters):
    """Versions by who saved them."""

    search_fields = ("made_by__name",)
