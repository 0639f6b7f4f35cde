# Words of the API that the pages don't need.

timeline-with-words = { $told }: { $words }
timeline-rated = Rated in round { $round }: { $rating }
input-as-of = is not answered yet: rates are those of now
