//! Samples of what staff see.

use sandan_domain::Role;

use super::super::admin::{
    ADMIN_TABS, AdminAct, AdminPage, CommunityCard, DeadRow, GridTag, HookRow, MemberRow, MembersCard, NoticesCard,
    PolicyCard, PolicyRow, TokenRow, UnitRow, UserRow, VersionRow,
};
use super::super::board::{Bar, BoardFigures, BoardPage, Chart, Figures, UnitLine, WallFigures, WallPage};
use super::super::callbacks::{CallBackLine, CallbackPage, CallbacksPage, Draw, Figure as CallFigure, Lot, PeriodLine};
use super::super::case::{Act, Candidate, CasePage, Fact, Ranked, ReviewNote, Way, Why, step_icon};
use super::super::desk::{DeskPage, DeskQueue, TABS, Tab};
use super::super::digest::{Count, DigestPage, Figure, GroupRow, Grouping};
use super::super::form::Form;
use super::super::hands::{HandRow, HandsSum, HandsTale};
use super::super::honours::{HonourLine, HonourPage, HonoursPage, OpinionCard, Settled};
use super::super::ledger::{About, LedgerPage};
use super::super::line::{Choice, Line};
use super::super::texts::Texts;
use super::super::unit::{UnitPage, UnitWork};
use super::super::watch::{CallLine, CallsPage, Matter, OUTCOMES, OversightPage, VoteLine};
use super::{Sample, choices, groups, lines, moment, photos, public, rates, sample, shell, tale, tiles};

pub const STEPS: [&str; 18] = [
    "triage",
    "dispatch",
    "claim",
    "return",
    "progress",
    "complete",
    "rule",
    "verify",
    "suspend",
    "resume",
    "extend",
    "close",
    "attachments",
    "unreasonable",
    "unreasonable-decision",
    "entered-ballots",
    "appeals",
    "appeal-decisions",
];

pub fn samples(t: Texts) -> Vec<Sample> {
    let mut samples = vec![
        sample("unit", &unit(t)),
        sample("unit-work", &UnitWork { t, own: lines(), pool: Vec::new(), waiting: lines() }),
        sample("desk", &desk(t)),
        sample("desk-queue", &DeskQueue { t, current: "filed", lines: Vec::new(), first: None, next: None }),
        sample("case-desk", &case(t, &["triage", "dispatch"])),
        sample("case-unit", &case(t, &["complete", "progress", "return", "extend", "attachments"])),
        sample("case-all", &case(t, &STEPS)),
        sample("case-none", &case(t, &[])),
        sample("board", &board(t)),
        sample("wall", &wall(t)),
        sample("board-figures", &BoardFigures { t, figures: figures(t) }),
        sample("wall-figures", &WallFigures { t, at: moment("11月2日 09:00"), figures: figures(t) }),
        sample("ledger", &ledger(t, None)),
        sample("digest", &digest(t, lines())),
        sample("digest-empty", &digest(t, Vec::new())),
        sample("calls", &calls(t, true)),
        sample("calls-empty", &calls(t, false)),
        sample("callbacks", &callbacks(t)),
        sample("callback", &callback(t)),
        sample("honours", &honours(t, true)),
        sample("honours-empty", &honours(t, false)),
        sample("honour-asked", &honour(t, "asked")),
        sample("honour-answered", &honour(t, "answered")),
        sample("honour-proposed", &honour(t, "proposed")),
        sample("oversight", &oversight(t, true)),
        sample("oversight-empty", &oversight(t, false)),
        sample("ledger-rows", &ledger(t, Some(about(t)))),
    ];
    samples.extend(ADMIN_TABS.map(|tab| sample(tab, &admin(t, tab))));
    let nothing = NoticesCard { hooks: Vec::new(), waiting: 0, dead: Vec::new(), dead_more: 0 };
    let nobody = MembersCard { rows: Vec::new(), ..members() };
    samples.push(sample("members-empty", &AdminPage { members: Some(nobody), ..admin(t, "members") }));
    samples.push(sample("members-no-unit", &AdminPage { members: None, ..admin(t, "members") }));
    samples.push(sample("notices-empty", &AdminPage { notices: Some(nothing), ..admin(t, "notices") }));
    samples
}

fn digest(t: Texts, lines: Vec<Line>) -> DigestPage {
    let counts = [12, 11, 10, 7, 5, 1, 9, 2];
    let names = ["filed", "triaged", "dispatched", "completed", "closed", "returns", "open", "overdue"];
    let number = |count| Count { count, href: (count > 0).then(|| "/digests/rows?figure=filed".to_owned()) };
    let figure = |(count, name): (u64, &str)| Figure {
        label: t.of("digest", name),
        count: number(count),
        before: (name != "open" && name != "overdue").then(|| number(count - 1)),
    };
    let row = GroupRow { label: "城乡建设".to_owned(), counts: counts.map(number).to_vec() };
    let heads = || names.map(|name| t.of("digest", name)).to_vec();
    let grouping = |(name, rows)| Grouping { name, heads: heads(), rows };
    let groups = [("category", vec![row]), ("unit", Vec::new()), ("grid", Vec::new()), ("channel", Vec::new())];
    DigestPage {
        t,
        shell: shell(t, &t.s("digest-title"), "/digests", Some(Role::Supervisor)),
        heading: t.of("digest", "weekly"),
        period: t.a2("digest-days", "first", "2026-11-02", "last", "2026-11-08"),
        community: None,
        as_of: "11月9日 00:00".to_owned(),
        is_over: !lines.is_empty(),
        kinds: vec![Choice::new("weekly", t.of("digest", "weekly"))],
        communities: choices(),
        date: "2026-11-02".to_owned(),
        previous: "/digests".to_owned(),
        next: Some("/digests".to_owned()),
        sheet: "/digests/sheet".to_owned(),
        figures: counts.into_iter().zip(names).map(figure).collect(),
        rates: rates(),
        groups: groups.map(grouping).to_vec(),
        filed_more: (!lines.is_empty()).then(|| "/ledger".to_owned()),
        overdue: lines.clone(),
        oldest: lines.clone(),
        filed: lines,
    }
}

fn calls(t: Texts, some: bool) -> CallsPage {
    let line = |outcome, phone: Option<&str>| CallLine {
        href: "/requests/0197".to_owned(),
        number: "000012342".to_owned(),
        request: "0197".to_owned(),
        person: "0198".to_owned(),
        name: Some("王芳".to_owned()),
        phone: phone.map(str::to_owned),
        about: phone.map(|_| "路灯不亮".to_owned()),
        until: moment("11月10日 24:00"),
        calls: 1,
        outcome,
        call: Form::empty("call"),
        ballot: Form::empty("ballot"),
    };
    let lines = OUTCOMES.iter().map(|outcome| line(Some(*outcome), Some("13800000000"))).chain([line(None, None)]);
    let vote = VoteLine {
        href: "/evaluations/0197#unreached".to_owned(),
        title: "2026-Q4 季度评价例会".to_owned(),
        people: 2,
        until: moment("11月10日 24:00"),
    };
    CallsPage {
        t,
        shell: shell(t, &t.s("calls-title"), "/calls", Some(Role::Hotline)),
        calls: lines.filter(|_| some).collect(),
        votes: if some { vec![vote] } else { Vec::new() },
        reasons: crate::pages::handle::reasons(&Form::default(), t),
        next: None,
    }
}

fn callbacks(t: Texts) -> CallbacksPage {
    let line = PeriodLine {
        href: "/callbacks/0197".to_owned(),
        community: "幸福里社区".to_owned(),
        days: "11月1日 – 12月1日".to_owned(),
        size: 20,
        is_drawn: true,
    };
    CallbacksPage {
        t,
        shell: shell(t, &t.s("callbacks-title"), "/callbacks", Some(Role::Oversight)),
        periods: vec![line.clone(), PeriodLine { is_drawn: false, ..line }],
        form: Some(Form::empty("callbacks")),
        communities: choices(),
    }
}

fn callback(t: Texts) -> CallbackPage {
    let line = CallBackLine {
        request: "0197".to_owned(),
        href: "/requests/0197".to_owned(),
        number: "000012342".to_owned(),
        name: Some("王芳".to_owned()),
        phone: None,
        outcome: Some(t.of("call", "reached")),
        form: Form::empty("call-back"),
    };
    CallbackPage {
        t,
        shell: shell(t, "11月", "/callbacks/0197", Some(Role::Hotline)),
        href: "/callbacks/0197".to_owned(),
        community: "幸福里社区".to_owned(),
        days: "11月1日 – 12月1日".to_owned(),
        size: 20,
        hash: "ab12".to_owned(),
        committed: moment("10月30日 08:00"),
        position: 4_711,
        draw: Some(Draw {
            seed: "cd34".to_owned(),
            hash_now: "ab12".to_owned(),
            is_seed: true,
            is_sample: false,
            candidates: 31,
            sample: vec![Lot { request: "0197".to_owned(), lot: "00ff".to_owned() }],
        }),
        form: Some(Form::empty("draw")),
        figures: vec![CallFigure { label: t.of("call", "reached"), count: 3 }],
        calls: vec![line],
    }
}

fn honours(t: Texts, some: bool) -> HonoursPage {
    let line = |state, opinion| HonourLine {
        href: "/honours/0197".to_owned(),
        honour: "2026 年度文明单位".to_owned(),
        unit: "市政养护所".to_owned(),
        community: "幸福里社区".to_owned(),
        days: "1月1日 – 10月31日".to_owned(),
        state,
        opinion,
    };
    let lines = [line("asked", None), line("answered", Some("reserved")), line("dropped", Some("opposes"))];
    HonoursPage {
        t,
        shell: shell(t, &t.s("honours-title"), "/honours", Some(Role::Supervisor)),
        lines: lines.into_iter().filter(|_| some).collect(),
        form: Some(Form::empty("honours")),
        units: if some { vec![Choice::new("xingfu/roads", "幸福里社区 · 市政养护所")] } else { Vec::new() },
    }
}

fn honour(t: Texts, state: &'static str) -> HonourPage {
    let opinion = || OpinionCard {
        opinion: "supports",
        reason: "随叫随到，居民满意。".to_owned(),
        at: Some(moment("11月3日 08:00")),
    };
    let settled = || Settled { reason: None, at: Some(moment("11月4日 08:00")) };
    HonourPage {
        t,
        shell: shell(t, "2026 年度文明单位", "/honours/0197", Some(Role::Supervisor)),
        banner: (state == "proposed").then(|| t.s("rejection-honour-proposed-before")),
        href: "/honours/0197".to_owned(),
        honour: "2026 年度文明单位".to_owned(),
        unit: "市政养护所".to_owned(),
        community: "幸福里社区".to_owned(),
        days: "1月1日 – 10月31日".to_owned(),
        state,
        asked: moment("11月2日 08:00"),
        opinion: (state != "asked").then(opinion),
        figures: rates(),
        position: 812,
        settled: (state == "proposed").then(settled),
        give: (state == "asked").then(|| Form::empty("opinion")),
        propose: (state == "answered").then(|| Form::empty("proposal")),
        let_go: (state != "proposed").then(|| Form::empty("drop")),
    }
}

fn oversight(t: Texts, some: bool) -> OversightPage {
    let matter = |kind| Matter {
        kind,
        href: "/requests/0197".to_owned(),
        number: "000012342".to_owned(),
        title: "三号楼门口路灯".to_owned(),
        at: moment("11月2日 08:00"),
        about: (kind == "burst").then(|| t.n("matter-joiners", 12)),
    };
    OversightPage {
        t,
        shell: shell(t, &t.s("oversight-title"), "/oversight", Some(Role::Oversight)),
        matters: ["burst", "unreasonable", "appeal"].into_iter().filter(|_| some).map(matter).collect(),
        next: None,
    }
}

fn unit(t: Texts) -> UnitPage {
    let mut pool = lines();
    for line in &mut pool {
        line.claimable = true;
        line.unit = None;
    }
    UnitPage {
        t,
        shell: shell(t, &t.s("nav-unit"), "/unit", Some(Role::Unit)).live(),
        unit: "市政养护所".to_owned(),
        load: 3,
        capacity: Some(5),
        full: true,
        own: lines(),
        pool,
        waiting: Vec::new(),
    }
}

fn desk(t: Texts) -> DeskPage {
    let tab = |name| Tab { name, current: name == "filed", count: Some(12), hot: name == "returned" };
    DeskPage {
        t,
        shell: shell(t, &t.s("desk-title"), "/desk", Some(Role::Dispatcher)).live(),
        tabs: TABS.map(tab).to_vec(),
        current: "filed",
        q: String::new(),
        may_file: true,
        refresh: Some("/desk/queue?tab=filed".to_owned()),
        lines: lines(),
        first: Some("/desk".to_owned()),
        next: Some("/desk?cursor=1".to_owned()),
    }
}

fn case(t: Texts, steps: &[&'static str]) -> CasePage {
    let act = |(nth, step): (usize, &&'static str)| Act {
        step,
        icon: step_icon(step),
        open: nth == 0,
        main: nth == 0,
        form: Form::empty(step).with("category", "城乡建设 / 城市建设和市政管理 / 城市公共设施"),
    };
    let why = |good, text: String| Why { good, text };
    let ranked = |slug: &str, name: &str| Ranked {
        slug: slug.to_owned(),
        name: name.to_owned(),
        why: vec![why(true, t.s("why-category")), why(true, t.n("why-free", 3)), why(false, t.s("why-other-grid"))],
    };
    let candidate = Candidate {
        value: "1".to_owned(),
        label: "三号楼门口路灯故障".to_owned(),
        about: "000012331 · 3 天前".to_owned(),
    };
    CasePage {
        t,
        shell: shell(t, "路灯不亮", "/requests/0197", Some(Role::Dispatcher)),
        back: Way { href: "/desk".to_owned(), label: t.s("nav-desk") },
        href: "/requests/0197".to_owned(),
        title: "三号楼二单元门口的路灯不亮".to_owned(),
        number: "000012342".to_owned(),
        state: "in_review",
        light: Some("yellow"),
        urgent: true,
        round: 2,
        late_arrival: true,
        banner: None,
        owner: t.s("holder-desk"),
        facts: vec![
            Fact { label: t.s("case-requester"), text: "王芳".to_owned() },
            Fact { label: t.s("case-phone"), text: "138 0000 0000".to_owned() },
            Fact { label: t.s("file-address"), text: "三号楼二单元".to_owned() },
            Fact { label: t.s("request-due"), text: "11月16日内（还剩 14 天）".to_owned() },
        ],
        due_tale: Some(public::due_tale()),
        hands: hands(),
        description: "三号楼二单元门口的路灯已经一个星期不亮。".to_owned(),
        photos: photos(),
        answer: Some(public::answer()),
        project: None,
        review: vec![ReviewNote {
            line: t.a2("review-figures", "valid", 3, "bad", 1),
            reasons: vec!["还是不亮".to_owned()],
        }],
        tale: tale(),
        acts: steps.iter().enumerate().map(act).collect(),
        ranked: vec![ranked("roads", "市政养护所"), ranked("estate", "幸福里物业")],
        units: vec![Choice::new("roads", "市政养护所")],
        merge_into: vec![candidate],
        ballots: vec![Choice::new("0197", "不满意 · 还是不亮")],
        appeals: vec![Choice::new("0198", "非常不满意")],
        reasons: crate::pages::handle::reasons(&Form::default(), t),
        poster: Some("/requests/0197/poster".to_owned()),
        granting: false,
    }
}

/// Two hands, one of which has it now.
fn hands() -> HandsTale {
    let row = |who: &str, role: &str, to: &str| HandRow {
        who: who.to_owned(),
        role: role.to_owned(),
        from: "11月2日 09:00".to_owned(),
        to: to.to_owned(),
        hours: "26:30".to_owned(),
        working: "7:00".to_owned(),
    };
    let sum = |who: &str| HandsSum { who: who.to_owned(), hours: "26:30".to_owned(), working: "7:00".to_owned() };
    HandsTale {
        rows: vec![row("社区", "研判派单", "11月3日 11:30"), row("市政养护所", "承办", "现在")],
        totals: vec![sum("社区"), sum("市政养护所")],
        total: sum("合计"),
    }
}

fn chart(name: &'static str) -> Chart {
    let bar = |label: &str, count, width| Bar {
        label: label.to_owned(),
        href: "/ledger".to_owned(),
        count,
        width,
        yellow_width: width / 3,
        red_width: width / 8,
    };
    Chart { name, bars: vec![bar("市政养护所", 41, 100), bar("幸福里物业", 22, 54), bar("派出所", 3, 7)] }
}

fn board(t: Texts) -> BoardPage {
    BoardPage {
        t,
        shell: shell(t, &t.s("board-title"), "/board", Some(Role::Supervisor)).live(),
        community: Some("幸福里社区".to_owned()),
        communities: choices(),
        periods: vec![Choice::new("30", t.s("period-30")).chosen("30")],
        refresh: "/board/figures?period=30".to_owned(),
        wall: "/board/wall?period=30".to_owned(),
        figures: figures(t),
    }
}

fn wall(t: Texts) -> WallPage {
    WallPage {
        t,
        shell: shell(t, &t.s("wall-title"), "/board/wall", Some(Role::Supervisor)).live(),
        community: None,
        refresh: "/board/wall/figures?period=30".to_owned(),
        at: moment("11月2日 09:00"),
        figures: figures(t),
    }
}

fn figures(t: Texts) -> Figures {
    Figures {
        period: t.s("period-30"),
        tiles: tiles(),
        red: lines()[..1].to_vec(),
        rates: rates(),
        charts: vec![chart("unit"), chart("grid"), chart("state")],
        units: vec![UnitLine {
            name: "市政养护所".to_owned(),
            href: "/ledger".to_owned(),
            own_on_time: "11 / 12".to_owned(),
            held_in_hours: 340,
            returns: 2,
            lost_in_hours: 31,
            late_arrivals: 1,
        }],
        communities: chart("community").bars,
        newest: lines(),
    }
}

fn about(t: Texts) -> About {
    let text = format!("{} · {}{}", t.of("digest", "weekly"), t.of("digest", "returns"), t.s("digest-rows-returns"));
    About { text, href: "/digests".to_owned(), back: t.s("digest-rows-back") }
}

fn ledger(t: Texts, about: Option<About>) -> LedgerPage {
    LedgerPage {
        t,
        shell: shell(t, &t.s("ledger-title"), "/ledger", Some(Role::Oversight)),
        heading: t.s("ledger-title"),
        about,
        filtered: true,
        form: Form::empty("ledger").with("state", "filed"),
        communities: choices(),
        states: vec![Choice::new("filed", t.of("state", "filed"))],
        lights: vec![Choice::new("red", t.of("light", "red"))],
        units: vec![Choice::new("roads", "市政养护所")],
        grids: vec![Choice::new("grid-3", "第三网格")],
        channels: vec![Choice::new("web", t.of("channel", "web"))],
        categories: groups(),
        lines: lines(),
        first: None,
        next: Some("/ledger?cursor=1".to_owned()),
    }
}

fn admin(t: Texts, tab: &str) -> AdminPage {
    let names: &[&'static str] = match tab {
        "organisation" => &["communities", "grids", "units", "revise"],
        "members" => &["members"],
        "accounts" => &["accounts", "password"],
        "tokens" => &["tokens"],
        "notices" => &[],
        _ => &["policies", "calendars"],
    };
    let unit = UnitRow {
        slug: "roads".to_owned(),
        name: "市政养护所".to_owned(),
        categories: t.s("admin-any-category"),
        load: 3,
        capacity: "5".to_owned(),
    };
    AdminPage {
        t,
        shell: shell(t, &t.s("admin-title"), "/admin", Some(Role::Administrator)),
        tab: tab.to_owned(),
        secret: (tab == "tokens").then(|| "sandan_0123456789abcdef".to_owned()),
        communities: vec![CommunityCard {
            slug: "xingfu".to_owned(),
            name: "幸福里社区".to_owned(),
            parent: Some("城关镇".to_owned()),
            grids: vec![GridTag { name: "第三网格".to_owned(), lead: Some("赵强".to_owned()) }],
            units: vec![unit],
        }],
        choices: choices(),
        roles: vec![Choice::new("unit", t.of("role", "unit"))],
        users: vec![UserRow {
            name: "desk".to_owned(),
            role: "dispatcher",
            place: "幸福里社区".to_owned(),
            disabled: true,
        }],
        tokens: vec![TokenRow { role: "kiosk", place: "幸福里社区".to_owned(), expires: "2027-11-02".to_owned() }],
        policy: Some(PolicyCard {
            community: "xingfu".to_owned(),
            rows: vec![PolicyRow { label: t.s("policy-triage"), text: t.n("limit-working_day", 2) }],
            classes: vec![PolicyRow { label: "应急".to_owned(), text: t.n("limit-hour", 2) }],
            versions: vec![VersionRow {
                label: t.a2("policy-version-of", "version", 2, "name", "四类时限"),
                from: "11月2日 08:00".to_owned(),
                holds: true,
            }],
            work: vec![t.a2("policy-work", "seen", 120, "moved", 37)],
            missing: vec![t.a("policy-year-missing", "year", 2027)],
        }),
        notices: Some(notices(t)),
        members: Some(members()),
        looked: (tab == "policy").then(|| t.a2("preview-moves", "earlier", 3, "later", 4)),
        acts: names.iter().map(|name| AdminAct { name, open: true, form: Form::empty(name) }).collect(),
    }
}

fn members() -> MembersCard {
    let row = |person: &str| MemberRow { person: person.to_owned(), short: person[..8].to_owned() };
    MembersCard {
        units: vec![Choice::new("xingfu/roads", "幸福里社区 · 市政养护所")],
        of: "xingfu/roads".to_owned(),
        community: "xingfu".to_owned(),
        unit: "roads".to_owned(),
        name: "市政养护所".to_owned(),
        rows: ["5f1c8e6b-1d02-5f3a-9c44-0a7be2d19f60", "c07a19d3-4b2e-5d18-8e71-6fd0a3b5c2e9"].map(row).to_vec(),
    }
}

fn notices(t: Texts) -> NoticesCard {
    let hook = |url: &str, feed, error: &str, disabled| HookRow {
        url: url.to_owned(),
        feed,
        behind: 12,
        error: error.to_owned(),
        disabled,
    };
    let dead = |what: &str, to: String, request: Option<&str>| DeadRow {
        id: "0197a0c5-0000-7000-8000-000000000001".to_owned(),
        what: what.to_owned(),
        request: request.map(str::to_owned),
        to,
        attempts: 32,
        error: "answered 503 Service Unavailable".to_owned(),
        since: Some("11月2日 08:00".to_owned()),
    };
    NoticesCard {
        hooks: vec![
            hook("https://sms.example.cn/in", "notices", "", false),
            hook("https://data.example.cn/in", "events", "answered 410 Gone", true),
        ],
        waiting: 3,
        dead: vec![
            dead("已办结，请评价", t.a("notices-to-resident", "address", "w***@home.example"), Some("0197")),
            dead("sandan.ping", "https://sms.example.cn/in".to_owned(), None),
        ],
        dead_more: 7,
    }
}
