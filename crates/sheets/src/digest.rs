//! A digest of the ledger (R26) as a workbook: a sheet of figures, one a grouping, and the requests themselves.

use std::fs::File;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::{Column, Kind, SheetError, XlsxSheet};

/// Figures in the order of their work: key and Chinese name.
const FIGURES: [(&str, &str); 8] = [
    ("filed", "点单"),
    ("triaged", "研判"),
    ("dispatched", "派单"),
    ("completed", "办结"),
    ("closed", "销号"),
    ("returns", "退单"),
    ("open", "期末在办"),
    ("overdue", "期末超期"),
];
const RATES: [(&str, &str); 5] = [
    ("response", "响应率"),
    ("resolution", "解决率"),
    ("satisfaction", "满意率"),
    ("on_time", "按时办结率"),
    ("rework", "回炉率"),
];
/// What the first sheet says about the whole.
const ABOUT: &[Column] = &[Column::new("name", "项目", Kind::Text), Column::new("text", "内容", Kind::Long)];
const SUMMARY: &[Column] = &[
    Column::new("name", "指标", Kind::Text),
    Column::new("now", "本期", Kind::Number),
    Column::new("before", "上期", Kind::Number),
];
const SHARES: &[Column] = &[
    Column::new("name", "比率", Kind::Text),
    Column::new("now.numerator", "本期分子", Kind::Number),
    Column::new("now.denominator", "本期分母", Kind::Number),
    Column::new("now.rate", "本期", Kind::Share),
    Column::new("before.numerator", "上期分子", Kind::Number),
    Column::new("before.denominator", "上期分母", Kind::Number),
    Column::new("before.rate", "上期", Kind::Share),
];
const GROUP: &[Column] = &[
    Column::new("shown", "分组", Kind::Name),
    Column::new("community", "社区", Kind::Text),
    Column::new("filed", "点单", Kind::Number),
    Column::new("triaged", "研判", Kind::Number),
    Column::new("dispatched", "派单", Kind::Number),
    Column::new("completed", "办结", Kind::Number),
    Column::new("closed", "销号", Kind::Number),
    Column::new("returns", "退单", Kind::Number),
    Column::new("open", "期末在办", Kind::Number),
    Column::new("overdue", "期末超期", Kind::Number),
];
const REQUEST: &[Column] = &[
    Column::new("number", "编号", Kind::Text),
    Column::new("title", "事项", Kind::Long),
    Column::new("category", "类别", Kind::Text),
    Column::new("state", "状态", Kind::Word),
    Column::new("light", "灯", Kind::Word),
    Column::new("unit", "单位", Kind::Text),
    Column::new("grid", "网格", Kind::Text),
    Column::new("channel", "来源", Kind::Word),
    Column::new("filed_at", "点单时间", Kind::Time),
    Column::new("due_at", "期限", Kind::Time),
    Column::new("completed_at", "办结时间", Kind::Time),
];
/// A sheet for each grouping and each list: key in the digest, name of the sheet.
const GROUPS: [(&str, &str); 4] =
    [("by_category", "按类别"), ("by_unit", "按单位"), ("by_grid", "按网格"), ("by_channel", "按来源")];
const LISTS: [(&str, &str); 3] = [("filed", "本期点单"), ("overdue", "超期事项"), ("oldest", "在办最久")];

/// Writes the workbook of a digest in its JSON form, with the names of its places beside it: `names.communities`,
/// `names.units` and `names.grids`, the latter two by `<community>/<slug>`. What has no name goes by its slug. The file has no name and is gone when it is closed.
pub fn digest(digest: &Value, zone: &TimeZone) -> Result<File, SheetError> {
    let mut book = XlsxSheet::new("说明", ABOUT, zone)?;
    for (name, text) in about(digest, zone) {
        book.row(&json!({"name": name, "text": text}))?;
    }
    book.another(title(digest), SUMMARY)?;
    for (key, name) in FIGURES {
        // How it stood at the end of the period before is not known any more.
        let is_flow = !matches!(key, "open" | "overdue");
        let before = if is_flow { digest["before"][key].clone() } else { Value::Null };
        book.row(&json!({"name": name, "now": digest["figures"][key], "before": before}))?;
    }
    book.another("三率", SHARES)?;
    for (key, name) in RATES {
        book.row(&json!({"name": name, "now": digest["rates"][key], "before": digest["rates_before"][key]}))?;
    }
    for (key, name) in GROUPS {
        book.another(name, GROUP)?;
        for group in digest[key].as_array().into_iter().flatten() {
            book.row(&placed(shown(group), digest))?;
        }
    }
    for (key, name) in LISTS {
        book.another(name, REQUEST)?;
        for request in digest[key].as_array().into_iter().flatten() {
            book.row(&placed(titled(request), digest))?;
        }
    }
    book.finish()
}

/// What it is, of which community and period, and as of when.
fn about(digest: &Value, zone: &TimeZone) -> [(&'static str, String); 4] {
    let place = match digest["community"].as_str() {
        Some(slug) => name_of(digest, "communities", slug),
        None => "全部社区".to_owned(),
    };
    let text = |key: &str| digest[key].as_str().unwrap_or_default();
    let period = match (text("first"), text("last")) {
        (first, last) if first == last => first.to_owned(),
        (first, last) => format!("{first} 至 {last}"),
    };
    let at = text("as_of").parse::<Timestamp>();
    let at = at.map(|at| zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
    let zone = zone.iana_name().unwrap_or("UTC");
    [("名称", title(digest).to_owned()), ("社区", place), ("期间", period), ("数据截至", format!("{at}（{zone}）"))]
}

fn name_of(digest: &Value, family: &str, key: &str) -> String {
    let slug = key.rsplit('/').next().unwrap_or(key);
    digest["names"][family][key].as_str().unwrap_or(slug).to_owned()
}

/// With names for slugs.
fn placed(mut row: Value, digest: &Value) -> Value {
    let Some(community) = row["community"].as_str().map(str::to_owned) else { return row };
    for (field, family) in [("unit", "units"), ("grid", "grids")] {
        if let Some(slug) = row[field].as_str() {
            row[field] = name_of(digest, family, &format!("{community}/{slug}")).into();
        }
    }
    row["community"] = name_of(digest, "communities", &community).into();
    row
}

/// As the office calls it.
fn title(digest: &Value) -> &'static str {
    match digest["kind"].as_str() {
        Some("daily") => "民情研判",
        Some("weekly") => "分类处置通报",
        _ => "处理情况总结",
    }
}

/// A group by its name where it has one, else by what it is called inside.
fn shown(group: &Value) -> Value {
    let mut group = group.clone();
    let name = [&group["name"], &group["group"]].into_iter().find(|name| name.is_string()).cloned();
    group["shown"] = name.unwrap_or_else(|| "（无）".into());
    group
}

/// Where nobody gave a title, its first words are.
fn titled(request: &Value) -> Value {
    let mut request = request.clone();
    if request["title"].is_null() {
        request["title"] = request["excerpt"].take();
    }
    request
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use calamine::{Data, Reader, Xlsx};

    use super::*;

    #[test]
    fn a_weekly_bulletin_has_a_sheet_for_each_grouping_and_list() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let given = json!({
            "kind": "weekly", "community": "hubin", "first": "2026-11-02", "last": "2026-11-08",
            "as_of": "2026-11-08T16:00:00Z",
            "names": {"communities": {"hubin": "湖滨社区"}, "units": {"hubin/wuye": "物业公司"}},
            "figures": {"filed": 12, "open": 3}, "before": {"filed": 9, "open": 0},
            "rates": {"response": {"numerator": 3, "denominator": 4, "rate": 0.75}},
            "by_category": [{"group": "城乡建设", "name": null, "filed": 12}],
            "filed": [{"number": "000012342", "title": null, "excerpt": "路灯坏了", "state": "filed",
                "community": "hubin", "unit": "wuye", "grid": "g1"}],
        });
        let mut book = Xlsx::new(BufReader::new(digest(&given, &zone).unwrap())).unwrap();
        let names = [
            "说明",
            "分类处置通报",
            "三率",
            "按类别",
            "按单位",
            "按网格",
            "按来源",
            "本期点单",
            "超期事项",
            "在办最久",
        ];
        assert_eq!(book.sheet_names(), names);
        let mut cell = |sheet: &str, row, column| book.worksheet_range(sheet).unwrap().get((row, column)).cloned();
        let said = |text: &str| Some(Data::String(text.to_owned()));
        assert_eq!(cell("说明", 2, 1), said("湖滨社区"));
        assert_eq!(cell("说明", 3, 1), said("2026-11-02 至 2026-11-08"));
        assert_eq!(cell("说明", 4, 1), said("2026-11-09 00:00（Asia/Shanghai）"));
        assert_eq!((cell("本期点单", 1, 5), cell("本期点单", 1, 6)), (said("物业公司"), said("g1")));
        assert_eq!(cell("分类处置通报", 1, 0), Some(Data::String("点单".to_owned())));
        assert_eq!(cell("分类处置通报", 1, 2), Some(Data::Float(9.0)));
        assert_eq!(cell("分类处置通报", 7, 2), Some(Data::Empty), "nobody knows how many were open then");
        assert_eq!(cell("三率", 1, 3), Some(Data::Float(0.75)));
        assert_eq!(cell("按类别", 1, 0), Some(Data::String("城乡建设".to_owned())));
        assert_eq!(cell("本期点单", 1, 1), Some(Data::String("路灯坏了".to_owned())));
        assert_eq!(cell("本期点单", 1, 3), Some(Data::String("已点单".to_owned())));
    }
}
