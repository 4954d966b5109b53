"""`make bench`: fails when the number of queries grows with the number of members."""

from __future__ import annotations

import os
import sys

from tests.bench.ground import ground


def main() -> int:
    with ground() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
        import django

        django.setup()
        from tests.bench.run import run

        return run(folder)


if __name__ == "__main__":
    sys.exit(main())
