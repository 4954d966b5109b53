"""`make bench`: fails when the number of queries grows with the number of members.

`make bench PART=search` measures the search of companies alone.
"""

from __future__ import annotations

import os
import sys

from tests.bench.ground import ground


def main() -> int:
    with ground() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
        import django

        django.setup()
        from tests.bench.run import run, run_search

        return run_search() if "search" in sys.argv[1:] else run(folder)


if __name__ == "__main__":
    sys.exit(main())
