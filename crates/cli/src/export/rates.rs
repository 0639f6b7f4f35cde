//! The three rates and their companions (R27), each with its numerator and denominator.

use anyhow::Result;
use sandan_views::{RatesQuery, Sight, Views};

use super::{Format, Sheet};
use crate::control::Reporter;
use sandan_sheets::{Column, Kind};

const COLUMNS: &[Column] = &[
    Column::new("group", "分组", Kind::Word),
    Column::new("community", "社区", Kind::Text),
    Column::new("response.numerator", "及时受理", Kind::Number),
    Column::new("response.denominator", "点单", Kind::Number),
    Column::new("response.rate", "响应率", Kind::Share),
    Column::new("resolution.numerator", "解决", Kind::Number),
    Column::new("resolution.denominator", "办结", Kind::Number),
    Column::new("resolution.rate", "解决率", Kind::Share),
    Column::new("satisfaction.numerator", "满意票", Kind::Number),
    Column::new("satisfaction.denominator", "有效票", Kind::Number),
    Column::new("satisfaction.rate", "满意率", Kind::Share),
    Column::new("on_time.numerator", "按时办结", Kind::Number),
    Column::new("on_time.denominator", "已办结", Kind::Number),
    Column::new("on_time.rate", "按时率", Kind::Share),
    Column::new("rework.numerator", "回炉", Kind::Number),
    Column::new("rework.denominator", "已评单", Kind::Number),
    Column::new("rework.rate", "回炉率", Kind::Share),
    Column::new("without_unreasonable.requests", "不合理诉求", Kind::Number),
    Column::new("without_unreasonable.response.rate", "响应率（不含不合理诉求）", Kind::Share),
    Column::new("without_unreasonable.resolution.rate", "解决率（不含不合理诉求）", Kind::Share),
    Column::new("without_unreasonable.satisfaction.rate", "满意率（不含不合理诉求）", Kind::Share),
    Column::new("without_unreasonable.on_time.rate", "按时率（不含不合理诉求）", Kind::Share),
    Column::new("without_unreasonable.rework.rate", "回炉率（不含不合理诉求）", Kind::Share),
    Column::new("without_appealed.ballots", "申诉成立票", Kind::Number),
    Column::new("without_appealed.satisfaction.denominator", "有效票（不含申诉成立票）", Kind::Number),
    Column::new("without_appealed.satisfaction.rate", "满意率（不含申诉成立票）", Kind::Share),
];

/// Writes one row, or one a group. Returns how many.
pub async fn rates(views: &Views, sight: &Sight, query: &RatesQuery, format: Format, to: &Reporter) -> Result<u64> {
    let mut sheet = Sheet::new(format, "三率", COLUMNS, to)?;
    for row in views.rates(sight, query).await? {
        sheet.row(&serde_json::to_value(&row)?).await?;
    }
    sheet.finish().await
}
