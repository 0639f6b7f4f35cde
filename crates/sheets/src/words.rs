//! The program's own words as a Chinese office reads them in a workbook.

/// The Chinese word; one that is not listed stays as it is.
pub fn chinese(word: &str) -> &str {
    let pairs = [
        ("filed", "已点单"),
        ("triaged", "已研判"),
        ("returned", "已退单"),
        ("dispatched", "已派单"),
        ("claimed", "办理中"),
        ("completed", "已办结"),
        ("in_review", "评单中"),
        ("rework", "回炉"),
        ("closed", "已销号"),
        ("rejected", "不予受理"),
        ("merged", "已合并"),
        ("withdrawn", "已撤回"),
        ("suspended", "已挂起"),
        ("web", "网页"),
        ("kiosk", "自助终端"),
        ("hotline", "民情热线"),
        ("mailbox", "民情信箱"),
        ("liaison", "民情联络员"),
        ("grid_visit", "走访"),
        ("partner", "合作平台"),
        ("normal", "一般"),
        ("urgent", "紧急"),
        ("green", "绿"),
        ("yellow", "黄"),
        ("red", "红"),
        ("satisfied", "满意"),
        ("unrated", "未评价"),
        ("dissatisfied", "不满意"),
        ("desk", "社区大党委"),
    ];
    pairs.into_iter().find(|(english, _)| *english == word).map_or(word, |(_, chinese)| chinese)
}
