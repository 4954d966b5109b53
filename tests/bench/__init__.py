"""`make bench`: pages measured side by side in one run, as ratios to a bare signed-in page."""
