# Words of the API that the pages don't need.

timeline-with-words = { $told }：{ $words }
timeline-rated = 第 { $round } 轮评单：{ $rating }
input-as-of = 暂不支持：只提供当前的比率
