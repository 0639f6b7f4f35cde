//! `/r/{code}/receipt`: what a resident takes home: code, number, QR code, and where the filing stands in the log.

use axum::extract::Path;
use fast_qr::QRBuilder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::convert::{Builder, Shape};
use sandan_views::Sight;

use super::request::Held;
use crate::pages::request::{Proof, ReceiptPage};
use crate::pages::visit::{Answer, Visit, page};
use crate::problem::Problem;

pub(crate) async fn receipt(Path(code): Path<String>, visit: Visit) -> Answer {
    let held = Held::by(&visit, &code).await?;
    let (t, calendar) = (visit.t, visit.calendar());
    let link = visit.link(&format!("/r/{}", held.code));
    let names = visit.site.views.communities(&Sight::All).await?;
    let community = names.into_iter().find(|community| community.slug == held.view.community);
    page(&ReceiptPage {
        t,
        shell: visit.shell(t.s("receipt-title")),
        fresh: visit.query.get("told").is_some(),
        qr: qr(&format!("{link}?via=qr"))?,
        link,
        number: held.view.number.to_string(),
        filed: calendar.moment(held.view.filed_at),
        community: community.map(|community| community.name),
        due: held.view.due_at.filter(|_| held.view.triaged_at.is_none()).map(|due| calendar.due(due)),
        proof: proof(&visit, &held).await?,
        code: held.code,
    })
}

/// The QR code of an address, as SVG. It is dark on white whatever the page's colours, for scanners.
pub(super) fn qr(address: &str) -> Result<String, Problem> {
    let code = QRBuilder::new(address).build().map_err(|error| {
        tracing::error!(?error, "a QR code could not be drawn");
        Problem::failed()
    })?;
    Ok(SvgBuilder::default().shape(Shape::Square).margin(2).to_str(&code))
}

/// The record by which this person came to the request: filed, or joined.
async fn proof(visit: &Visit, held: &Held) -> Result<Option<Proof>, Problem> {
    let items = visit.site.views.timeline(&Sight::All, held.own, None, 1).await?.items;
    let Some(first) = items.first() else { return Ok(None) };
    let records = visit.site.app.log().read(first.position.saturating_sub(1), 1).await;
    let records = records.map_err(sandan_app::Refusal::from)?;
    let record = records.into_iter().find(|record| record.position == first.position);
    Ok(record.map(|record| Proof { position: record.position, hash: record.hash.to_string() }))
}
