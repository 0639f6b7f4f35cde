//! 民情台账: one row a request.

use anyhow::Result;
use sandan_views::{Filter, LIMIT_MAX, Sight, Views};

use super::{Format, Sheet};
use crate::control::{Reporter, Unit};
use sandan_sheets::{Column, Kind};

const COLUMNS: &[Column] = &[
    Column::new("number", "编号", Kind::Text),
    Column::new("community", "社区", Kind::Text),
    Column::new("grid", "网格", Kind::Text),
    Column::new("state", "状态", Kind::Word),
    Column::new("light", "三色", Kind::Word),
    Column::new("overdue", "是否超期", Kind::Flag),
    Column::new("filed_at", "点单时间", Kind::Time),
    Column::new("channel", "渠道", Kind::Word),
    Column::new("category", "类别", Kind::Text),
    Column::new("urgency", "紧急程度", Kind::Word),
    Column::new("title", "标题", Kind::Text),
    Column::new("description", "需求内容", Kind::Long),
    Column::new("requester_name", "点单人", Kind::Text),
    Column::new("requester_phone", "电话", Kind::Text),
    Column::new("address", "地址", Kind::Text),
    Column::new("owner", "责任主体", Kind::Word),
    Column::new("unit", "牵头单位", Kind::Text),
    Column::new("units", "承办单位", Kind::List),
    Column::new("due_at", "办理时限", Kind::Time),
    Column::new("triaged_at", "研判时间", Kind::Time),
    Column::new("dispatched_at", "派单时间", Kind::Time),
    Column::new("claimed_at", "认领时间", Kind::Time),
    Column::new("completed_at", "办结时间", Kind::Time),
    Column::new("closed_at", "销号时间", Kind::Time),
    Column::new("solved", "是否解决", Kind::Flag),
    Column::new("answer", "答复", Kind::Long),
    Column::new("unsolved_reason", "未解决原因", Kind::Long),
    Column::new("closing", "销号结果", Kind::Word),
    Column::new("ended_reason", "结束说明", Kind::Long),
    Column::new("round", "轮次", Kind::Number),
    Column::new("returns", "退单次数", Kind::Number),
    Column::new("reworks", "回炉次数", Kind::Number),
    Column::new("co_signers", "附议人数", Kind::Number),
    Column::new("electorate", "应评人数", Kind::Number),
    Column::new("valid", "有效票数", Kind::Number),
    Column::new("dissatisfied", "不满意票数", Kind::Number),
    Column::new("public_title", "公开标题", Kind::Text),
    Column::new("merged_into", "合并至", Kind::Text),
    Column::new("external_id", "外部编号", Kind::Text),
    Column::new("likes", "点赞数", Kind::Number),
    Column::new("against", "反对数", Kind::Number),
    Column::new("id", "标识", Kind::Text),
];

/// Writes the requests that pass the filter, newest filed first. Returns how many.
pub async fn ledger(views: &Views, sight: &Sight, filter: &Filter, format: Format, to: &Reporter) -> Result<u64> {
    let mut sheet = Sheet::new(format, "民情台账", COLUMNS, to)?;
    let mut cursor = None;
    loop {
        let page = views.ledger(sight, filter, cursor, LIMIT_MAX).await?;
        for row in &page.items {
            sheet.row(&serde_json::to_value(row)?).await?;
        }
        to.progress(sheet.rows, None, Unit::Requests);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return sheet.finish().await;
        }
    }
}
