//! Every event of the log, in order.

use anyhow::Result;
use sandan_log::{Position, Record};
use sandan_views::{Sight, Views};
use serde_json::Value;

use super::{Format, Period, Sheet, cloud_event};
use crate::control::{Reporter, Unit};
use crate::wiring::Engine;
use sandan_sheets::{Column, Kind};

/// Events read at a time.
const PAGE_EVENTS: usize = 500;

const COLUMNS: &[Column] = &[
    Column::new("position", "位置", Kind::Number),
    Column::new("type", "事件", Kind::Text),
    Column::new("subject", "对象", Kind::Text),
    Column::new("time", "发生时间", Kind::Time),
    Column::new("recordedtime", "记录时间", Kind::Time),
    Column::new("community", "社区", Kind::Text),
    Column::new("actor", "操作者", Kind::Text),
    Column::new("data", "内容", Kind::Json),
    Column::new("version", "版本", Kind::Number),
    Column::new("generation", "世代", Kind::Number),
    Column::new("id", "标识", Kind::Text),
    Column::new("correlationid", "关联标识", Kind::Text),
    Column::new("causationid", "起因标识", Kind::Text),
    Column::new("dataschema", "结构", Kind::Text),
    Column::new("specversion", "规范版本", Kind::Text),
    Column::new("source", "来源", Kind::Text),
];

/// Which events, and whether their texts stay sealed as they are stored.
pub struct Selection<'a> {
    pub views: &'a Views,
    pub sight: &'a Sight,
    pub period: Period,
    pub sealed: bool,
}

/// Writes the events that happened in the period. Returns how many.
pub async fn events(engine: &Engine, chosen: &Selection<'_>, format: Format, to: &Reporter) -> Result<u64> {
    let mut sheet = Sheet::new(format, "事件", COLUMNS, to)?;
    let head = engine.log.head().await?.position;
    let mut after = Some(0);
    while let Some(position) = after {
        let (page, next) = page(engine, chosen, position).await?;
        for (record, data) in page {
            if chosen.period.includes(record.occurred) && record.position <= head {
                sheet.row(&cloud_event::of(&record, data)).await?;
            }
        }
        after = next.filter(|next| *next < head);
        to.progress(after.unwrap_or(head), Some(head), Unit::Events);
    }
    sheet.finish().await
}

type Page = (Vec<(Record, Value)>, Option<Position>);

async fn page(engine: &Engine, chosen: &Selection<'_>, after: Position) -> Result<Page> {
    if !chosen.sealed {
        let (events, next) = chosen.views.events(chosen.sight, after, PAGE_EVENTS).await?;
        return Ok((events.into_iter().map(|event| (event.record, event.data)).collect(), next));
    }
    let records = engine.log.read(after, PAGE_EVENTS).await?;
    let next = records.last().map(|record| record.position);
    let seen = records.into_iter().filter(|record| is_seen(chosen.sight, record));
    let opened = seen.map(|record| Ok((serde_json::from_slice(&record.body)?, record)));
    let page: Result<Vec<_>> =
        opened.map(|pair: Result<(Value, Record)>| pair.map(|(data, record)| (record, data))).collect();
    Ok((page?, next))
}

fn is_seen(sight: &Sight, record: &Record) -> bool {
    match sight {
        Sight::All => true,
        Sight::Set(set) => set.iter().any(|community| community.as_str() == record.community),
    }
}
