//! Service requests (需求): one file a call.

mod appeal;
mod attach;
mod attachment;
mod call;
mod claim;
mod close;
mod co_sign;
mod complete;
mod decide_appeal;
mod dispatch;
mod due;
mod enter_ballot;
mod extend;
mod file;
mod filter;
mod get;
mod give_back;
mod hands;
mod list;
mod mask;
mod nearby;
mod progress;
mod rate;
mod resume;
mod rule;
mod shape;
mod signers;
mod suspend;
mod timeline;
mod timeline_text;
mod triage;
mod unreasonable;
mod unreasonable_decision;
mod verify;
mod withdraw;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::site::Site;

pub(in crate::api) use filter::{BOOLS, slug};
pub(in crate::api) use shape::RowShape;

pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().merge(questions()).merge(residents()).merge(steps())
}

fn questions() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(nearby::nearby))
        .routes(routes!(get::get))
        .routes(routes!(timeline::timeline))
        .routes(routes!(due::due))
        .routes(routes!(hands::hands))
        .routes(routes!(signers::signers))
        .routes(routes!(attachment::attachment))
}

fn residents() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(file::file))
        .routes(routes!(co_sign::co_sign))
        .routes(routes!(rate::rate))
        .routes(routes!(withdraw::withdraw))
        .routes(routes!(attach::attach))
}

fn steps() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(triage::triage))
        .routes(routes!(dispatch::dispatch))
        .routes(routes!(claim::claim))
        .routes(routes!(give_back::give_back))
        .routes(routes!(progress::progress))
        .routes(routes!(complete::complete))
        .routes(routes!(rule::rule))
        .routes(routes!(verify::verify))
        .routes(routes!(suspend::suspend))
        .routes(routes!(resume::resume))
        .routes(routes!(extend::extend))
        .routes(routes!(close::close))
        .routes(routes!(enter_ballot::enter_ballot))
        .routes(routes!(call::call))
        .routes(routes!(appeal::appeal))
        .routes(routes!(decide_appeal::decide_appeal))
        .routes(routes!(unreasonable::unreasonable))
        .routes(routes!(unreasonable_decision::unreasonable_decision))
}
