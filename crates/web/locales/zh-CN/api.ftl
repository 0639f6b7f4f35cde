# Words of the API that the pages don't need.

timeline-with-words = { $told }：{ $words }
timeline-rated = 第 { $round } 轮评单：{ $rating }
input-not-a-date = 应为日期，如 2026-11-02
