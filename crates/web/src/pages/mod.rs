//! Pages for people. One page is one struct and one compiled template; a fragment has an address too.
//!
//! Everything works without scripts: forms are plain, a POST ends in a redirect, and a refused form comes back
//! with what was typed. With scripts, lists and figures fetch themselves anew when the live stream says so.

mod admin;
mod assets;
mod board;
mod callbacks;
mod case;
mod desk;
mod digest;
mod due;
mod evaluation;
mod fields;
mod form;
mod handle;
mod hands;
mod home;
mod honours;
mod icons;
pub(crate) mod kiosk;
mod ledger;
mod line;
mod moment;
mod open;
mod problem;
mod project;
mod request;
#[cfg(test)]
mod samples;
mod score;
mod shell;
mod sign_in;
mod texts;
mod unit;
mod visit;
mod watch;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::site::Site;

pub(crate) use admin::ADMIN_TABS;
pub(crate) use assets::asset;
pub(crate) use evaluation::REASONS;
pub(crate) use handle::help::problem_page;
pub(crate) use honours::OPINIONS;
pub(crate) use icons::icon;
pub(crate) use line::{light_icon, opinion_tone, state_tone};
pub(crate) use request::RATINGS;
pub(crate) use watch::OUTCOMES;

/// Every page by its address.
pub(crate) fn router() -> Router<Site> {
    Router::new()
        .merge(of_residents())
        .merge(of_staff())
        .merge(of_everybody())
        .fallback(handle::open::nowhere)
        // Bodies are read within limits of their own.
        .layer(DefaultBodyLimit::disable())
}

fn of_residents() -> Router<Site> {
    use handle::{home, kiosk, kiosk_vote, poster, receipt, request};
    Router::new()
        .route("/", get(home::home))
        .route("/file", get(home::home).post(home::file))
        .route("/follow", get(home::home).post(home::follow))
        .route("/nearby", get(home::nearby_part))
        .route("/categories", get(home::categories))
        .route("/join/{id}", get(home::join).post(home::join_send))
        .route("/r/{code}", get(request::show))
        .route("/r/{code}/receipt", get(receipt::receipt))
        .route("/r/{code}/rate", get(request::show).post(request::rate))
        .route("/r/{code}/withdraw", get(request::show).post(request::withdraw))
        .route("/r/{code}/photo", get(request::show).post(request::attach))
        .route("/v/{id}", get(poster::vote).post(poster::vote_send))
        .route("/kiosk", get(kiosk::show).post(kiosk::file))
        .route("/kiosk/vote/{id}", get(kiosk_vote::show))
        .route("/kiosk/follow", get(kiosk::show).post(kiosk::follow))
        .route("/kiosk/rate", get(kiosk::show).post(kiosk::rate))
}

fn of_staff() -> Router<Site> {
    use handle::{
        admin, board, case, desk, digest, digest_rows, ledger, members, notices, poster, score, step, unit, watch,
    };
    Router::new()
        .route("/unit", get(unit::show))
        .route("/unit/work", get(unit::part))
        .route("/desk", get(desk::show))
        .route("/desk/queue", get(desk::part))
        .route("/requests/{id}", get(case::show))
        .route("/requests/{id}/{step}", get(step::back).post(step::take))
        .route("/requests/{id}/poster", get(poster::poster))
        .route("/calls", get(watch::calls))
        .route("/calls/{id}/call", get(watch::back).post(watch::record))
        .route("/calls/{id}/ballot", get(watch::back).post(watch::ballot))
        .route("/oversight", get(watch::oversight))
        .route("/board", get(board::show))
        .route("/board/figures", get(board::part))
        .route("/board/wall", get(board::wall))
        .route("/board/wall/figures", get(board::wall_part))
        .route("/ledger", get(ledger::show))
        .route("/scores", get(score::show))
        .route("/scores/{step}", get(score::show).post(score::take))
        .route("/digests", get(digest::show))
        .route("/digests/sheet", get(digest::sheet))
        .route("/digests/rows", get(digest_rows::show))
        .route("/admin", get(admin::show))
        .route("/admin/{name}", get(admin::show).post(admin::act))
        .route("/admin/accounts/disable", get(admin::show).post(admin::disable))
        .route("/admin/members/remove", get(admin::show).post(members::remove))
        .route("/admin/notices/retry", get(admin::show).post(notices::retry))
        .route("/admin/notices/discard", get(admin::show).post(notices::discard))
}

fn of_everybody() -> Router<Site> {
    use handle::{callbacks, evaluation, help, honours, minutes, open, project, sign_in};
    Router::new()
        .route("/sign-in", get(sign_in::sign_in).post(sign_in::sign_in_send))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/set-up/{secret}", get(sign_in::set_up).post(sign_in::set_up_send))
        .route("/language", post(sign_in::choose_language))
        .route("/open", get(open::show))
        .route("/callbacks", get(callbacks::list).post(callbacks::commit))
        .route("/callbacks/{id}", get(callbacks::show_one))
        .route("/callbacks/{id}/draw", get(callbacks::back).post(callbacks::draw_one))
        .route("/callbacks/{id}/calls", get(callbacks::back).post(callbacks::call))
        .route("/evaluations", get(evaluation::list).post(evaluation::announce))
        .route("/evaluations/{id}", get(evaluation::show_one))
        .route("/evaluations/{id}/minutes", get(minutes::show))
        .route("/evaluations/{id}/minutes.xlsx", get(minutes::file))
        .route("/evaluations/{id}/ballots", get(evaluation::ballots))
        .route("/evaluations/{id}/vote", get(evaluation::booth))
        .route("/evaluations/{id}/volunteer", post(evaluation::follow))
        .route("/evaluations/{id}/volunteer/{code}", get(evaluation::volunteer))
        .route("/evaluations/{id}/{step}", get(evaluation::back).post(evaluation::take))
        .route("/projects", get(project::list).post(project::open))
        .route("/projects/{id}", get(project::show_one))
        .route("/projects/{id}/registered/{code}", get(project::registered))
        .route("/projects/{id}/{step}", get(project::back).post(project::take))
        .route("/honours", get(honours::list).post(honours::ask))
        .route("/honours/{id}", get(honours::show_one))
        .route("/honours/{id}/{step}", get(honours::back).post(honours::take))
        .route("/errors", get(help::all))
        .route("/errors/{code}", get(help::one))
        .route("/robots.txt", get(open::robots))
        .route("/static/{hash}/{*name}", get(assets::serve))
}
