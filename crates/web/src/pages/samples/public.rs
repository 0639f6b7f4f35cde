//! Samples of what residents and everybody see.

use super::super::case::Way;
use super::super::due::{DueRow, DueTale};
use super::super::form::Form;
use super::super::home::{HomePage, JoinPage, Nearby, NearbyPart};
use super::super::kiosk::{KioskPage, KioskVotePage, Stands, Step, Topic, VoteLink};
use super::super::line::{AnswerText, Choice};
use super::super::open::{ClosedLine, OpenPage};
use super::super::problem::{self, HelpPage, ProblemPage};
use super::super::project::ServedBy;
use super::super::request::{Ballot, ProgressStep, Proof, ReceiptPage, RequestPage};
use super::super::shell::Notice;
use super::super::sign_in::{SetUpPage, SignInPage};
use super::super::texts::Texts;
use super::{Sample, choices, groups, moment, photos, rates, sample, shell, tale, tiles};

const QR: &str = r##"<svg viewBox="0 0 33 33" xmlns="http://www.w3.org/2000/svg"><rect width="33" height="33" fill="#fff"/><path d="M4 4h7v7H4zM22 4h7v7h-7zM4 22h7v7H4zM14 14h5v5h-5z"/></svg>"##;

pub fn samples(t: Texts) -> Vec<Sample> {
    let mut samples = vec![
        sample("home", &home(t)),
        sample("home-refused", &refused(t)),
        sample("home-nearby", &nearby_first(t)),
        sample("nearby", &NearbyPart { t, nearby: nearby() }),
        sample("join", &join(t)),
        sample("receipt", &receipt(t)),
        sample("open", &open(t)),
        sample("sign-in", &sign_in(t, true)),
        sample("sign-in-refused", &sign_in(t, false)),
        sample(
            "set-up",
            &SetUpPage { t, shell: shell(t, &t.s("set-up-title"), "/", None), form: Form::empty("set-up") },
        ),
        sample("problem", &wrong(t)),
        sample("help", &help(t)),
    ];
    samples.extend(["filed", "claimed", "in_review", "rejected"].map(|state| sample(state, &request(t, state))));
    samples.push(sample("kiosk-vote", &kiosk_vote(t)));
    samples.extend(kiosk(t).map(|(name, page)| sample(name, &page)));
    samples
}

fn home(t: Texts) -> HomePage {
    HomePage {
        t,
        shell: shell(t, &t.s("nav-home"), "/", None).live(),
        form: Form::empty("file"),
        follow: Form::empty("follow"),
        communities: choices()[..1].to_vec(),
        grids: vec![Choice::new("grid-3", "第三网格")],
        categories: groups(),
        matches: Vec::new(),
        nearby: Vec::new(),
        channel: None,
    }
}

fn refused(t: Texts) -> HomePage {
    let mut form = Form::empty("file").with("phone", "12 <b>").with("urgency", "urgent");
    form.banner = Some(t.s("form-bad"));
    form.complain("description", t.s("input-missing"));
    form.complain("phone", t.s("flaw-phone"));
    let matches =
        vec![Choice::new("城乡建设/城市建设和市政管理/城市公共设施", "城乡建设 / 城市建设和市政管理 / 城市公共设施")];
    HomePage { form, matches, communities: choices(), channel: Some("hotline"), ..home(t) }
}

fn nearby_first(t: Texts) -> HomePage {
    HomePage { nearby: nearby(), ..home(t) }
}

fn nearby() -> Vec<Nearby> {
    let item = |title: &str| Nearby {
        title: title.to_owned(),
        about: "城市公共设施 · 第三网格 · 3 天前".to_owned(),
        href: "/join/0197".to_owned(),
    };
    vec![item("三号楼门口路灯故障"), item("北侧步道照明不足")]
}

fn join(t: Texts) -> JoinPage {
    JoinPage {
        t,
        shell: shell(t, &t.s("join-title"), "/join/0197", None),
        item: nearby().remove(0),
        form: Form::empty("join"),
    }
}

fn request(t: Texts, state: &'static str) -> RequestPage {
    let is_review = state == "in_review";
    let step =
        |name: &str, look, at: Option<&str>| ProgressStep { label: t.of("step", name), look, at: at.map(moment) };
    let bad = state == "rejected";
    RequestPage {
        t,
        shell: shell(t, &t.of("stands", state), "/r/0123456789ABC", None),
        code: "0123456789ABC".to_owned(),
        number: "000012342".to_owned(),
        tone: if bad { "s-bad" } else { "" },
        heading: t.of("stands", state),
        sentence: t.of("stands-line", state),
        light: (!bad).then_some("green"),
        steps: vec![
            step("filed", "done", Some("11月2日 08:00")),
            step("triaged", if bad { "bad" } else { "done" }, Some("11月2日 10:12")),
            step("dispatched", if is_review { "done" } else { "now" }, None),
            step("completed", if is_review { "done" } else { "todo" }, None),
            step("reviewed", if is_review { "now" } else { "todo" }, None),
            step("closed", "todo", None),
        ],
        owner: Some("市政养护所".to_owned()),
        due: Some("11月16日内（还剩 14 天）".to_owned()),
        category: Some("城乡建设 / 城市建设和市政管理 / 城市公共设施".to_owned()),
        title: Some("路灯不亮".to_owned()),
        description: "三号楼二单元门口的路灯已经一个星期不亮。\n老人晚上出门不方便，请尽快修一修。".to_owned(),
        photos: photos(),
        answer: is_review.then(answer),
        due_tale: Some(due_tale()),
        project: Some(ServedBy {
            href: "/projects/0197".to_owned(),
            title: "滨河步道".to_owned(),
            vote: is_review.then(|| "/evaluations/0197/vote#0123456789ABC".to_owned()),
        }),
        ballot: is_review.then(|| Ballot { cast: Some("satisfied"), line: t.a("ballot-line", "when", "11月10日") }),
        reasons: crate::pages::handle::reasons(&Form::empty("rating"), t),
        tale: tale(),
        may_attach: true,
        may_withdraw: !is_review,
        rating: Form::empty("rating").with("rating", "satisfied"),
        photo: Form::empty("photo"),
        withdrawal: Form::empty("withdrawal"),
    }
}

pub(super) fn answer() -> AnswerText {
    AnswerText {
        text: "灯泡和整流器已更换，当晚恢复照明。\n如再有问题，请直接拨打养护电话。".to_owned(),
        by: "市政养护所".to_owned(),
        at: moment("11月3日 15:20"),
        solved: false,
        unsolved_reason: Some("东侧两盏需要重新布线，已列入下月计划。".to_owned()),
    }
}

fn receipt(t: Texts) -> ReceiptPage {
    ReceiptPage {
        t,
        shell: shell(t, &t.s("receipt-title"), "/r/0123456789ABC/receipt", None),
        fresh: true,
        code: "0123456789ABC".to_owned(),
        number: "000012342".to_owned(),
        link: "https://example.org/r/0123456789ABC".to_owned(),
        qr: QR.to_owned(),
        filed: moment("11月2日 08:00"),
        community: Some("幸福里社区".to_owned()),
        due: Some("11月4日内（还剩 2 天）".to_owned()),
        proof: Some(Proof {
            position: 4711,
            hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        }),
    }
}

fn open(t: Texts) -> OpenPage {
    let closed = |title: &str, good| ClosedLine {
        title: title.to_owned(),
        about: "城市公共设施 · 第三网格".to_owned(),
        days: t.n("open-days", 3),
        closing: t.of("closing", if good { "satisfied" } else { "unrated" }),
        good,
    };
    OpenPage {
        t,
        shell: shell(t, &t.s("open-title"), "/open", None),
        communities: choices(),
        periods: vec![Choice::new("30", t.s("period-30"))],
        rates: rates(),
        tiles: tiles()[..2].to_vec(),
        closed: vec![closed("三号楼门口路灯修复", true), closed("活动室周末开放", false)],
        first: None,
        next: Some("/open?cursor=1".to_owned()),
    }
}

fn sign_in(t: Texts, allowed: bool) -> SignInPage {
    let mut form = Form::empty("sign-in").with("name", "desk");
    form.banner = Some(t.s("sign-in-wrong"));
    let shell = shell(t, &t.s("sign-in-title"), "/sign-in", None);
    SignInPage { t, shell, form, next: "/desk".to_owned(), plain: true, allowed }
}

fn wrong(t: Texts) -> ProblemPage {
    let mut shell = shell(t, &t.s("title-404"), "/r/x", None);
    shell.rehearsal = Some("2026-11-02 08:00".to_owned());
    shell.demo = true;
    shell.notice = Some(Notice { good: true, text: t.s("notice-saved") });
    ProblemPage {
        t,
        shell,
        status: 404,
        title: t.s("code-unknown-title"),
        detail: t.s("code-unknown"),
        help: t.s("help-404"),
        ways: vec![Way { href: "/".to_owned(), label: t.s("way-follow") }],
    }
}

fn help(t: Texts) -> HelpPage {
    HelpPage { t, shell: shell(t, &t.s("help-title"), "/errors", None), topic: None, all: problem::topics(t) }
}

fn kiosk(t: Texts) -> [(&'static str, KioskPage); 7] {
    let topic =
        |name: &str| Topic { href: format!("/kiosk?topic={name}"), icon: name.to_owned(), label: name.to_owned() };
    let names =
        ["城乡建设", "交通运输", "环境保护", "教育文体", "卫生计生", "民政", "劳动和社会保障", "政法", "农村农业"];
    let page = |step| KioskPage {
        t,
        shell: shell(t, &t.s("kiosk-title"), "/kiosk", None),
        start: "/kiosk?community=xingfu".to_owned(),
        here: "/kiosk?community=xingfu".to_owned(),
        idle_seconds: 90,
        community: Some("幸福里社区".to_owned()),
        form: Form::empty("kiosk"),
        step,
    };
    let vote =
        VoteLink { href: "/kiosk/vote/0192f3a1".to_owned(), label: t.a("evaluation-quarter", "occasion", "2026-Q4") };
    let done = Step::Done { code: "0123456789ABC".to_owned(), number: "000012342".to_owned(), qr: QR.to_owned() };
    let stands = |state: &str, ballot: Option<Ballot>| {
        Step::Stands(Box::new(Stands {
            code: "0123456789ABC".to_owned(),
            word: t.of("stands", state),
            sentence: t.of("stands-line", state),
            due: ballot.is_none().then(|| "11月16日内".to_owned()),
            number: "000012342".to_owned(),
            answer: ballot.is_some().then(|| "路灯已修好".to_owned()),
            ballot,
            reasons: crate::pages::handle::reasons(&Form::empty("kiosk"), t),
        }))
    };
    let ballot = Ballot { cast: None, line: t.a("ballot-line", "when", "11月20日 00:00") };
    [
        ("kiosk-community", page(Step::Community { choices: choices() })),
        ("kiosk", page(Step::Topic { topics: names.map(topic).to_vec(), votes: vec![vote] })),
        ("kiosk-words", page(Step::Words { topic: Some("城乡建设".to_owned()), topic_value: "城乡建设".to_owned() })),
        ("kiosk-done", page(done)),
        ("kiosk-stands", page(stands("claimed", None))),
        ("kiosk-rate", page(stands("in_review", Some(ballot)))),
        ("kiosk-thanks", page(Step::Thanks)),
    ]
}

fn kiosk_vote(t: Texts) -> KioskVotePage {
    let unit = |slug: &str, name: &str| Choice::new(slug, name);
    KioskVotePage {
        t,
        shell: shell(t, &t.s("kiosk-vote"), "/kiosk", None),
        start: "/kiosk?community=xingfu".to_owned(),
        here: "/kiosk/vote/0192f3a1?community=xingfu".to_owned(),
        idle_seconds: 180,
        community: Some("幸福里社区".to_owned()),
        id: "0192f3a1-7c40-7d11-9a52-3f1c8e6b1d02".to_owned(),
        title: t.a("evaluation-quarter", "occasion", "2026-Q4"),
        public_key: "MIIBIjAN".to_owned(),
        fingerprint: "5f1c-8e6b-1d02".to_owned(),
        subjects: vec![unit("wuye", "物业服务中心"), unit("gongdian", "供电所")],
    }
}

/// A due time that was opened, with a stretch of each kind.
pub(super) fn due_tale() -> DueTale {
    let row = |why: &str, counts: &str, counted| DueRow {
        from: "11月2日 09:00".to_owned(),
        to: "11月3日 00:00".to_owned(),
        why: why.to_owned(),
        counts: counts.to_owned(),
        counted,
    };
    DueTale {
        rule: "办结（R8）：15 个工作日".to_owned(),
        sources: "标准 第 1 版；全国 第 1 版".to_owned(),
        rows: vec![row("当日不计", "—", false), row("工作日", "1 天", true)],
        notes: vec!["日历不知道 2027 年的节假日".to_owned()],
    }
}
