//! A handler that panics costs its own call and no other.

use std::panic::AssertUnwindSafe;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;

use crate::problem::Problem;

/// The layer. The panic itself is in the log already, by the hook.
pub(crate) async fn catch(request: Request, next: Next) -> Response {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => {
            metrics::counter!("sandan_http_panics_total").increment(1);
            Problem::failed().into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::routing::get;
    use axum::{Router, middleware};
    use tower::ServiceExt;

    use super::*;

    async fn stumble() -> &'static str {
        panic!("a handler stumbles")
    }

    #[tokio::test]
    async fn a_panic_is_answered_as_our_failure() {
        let router: Router = Router::new().route("/", get(stumble)).layer(middleware::from_fn(catch));
        let response = router.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(response.status(), 500);
    }
}
