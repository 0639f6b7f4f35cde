# Words of the API that the pages don't need.

timeline-with-words = { $told }: { $words }
timeline-rated = Rated in round { $round }: { $rating }
input-not-a-date = must be a date like 2026-11-02
