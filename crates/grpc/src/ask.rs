//! One call that the gate let in: who asks, and with what beside the message.

use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;

use sandan_app::{Action, Answer, App, Caller, Changed, Founded, Idempotency, Receipt, Refusal, Scope};
use sandan_domain::request::ServiceRequest;
use sandan_domain::{CommunityId, PersonId, RequestId};
use sandan_views::{Eyes, Sight, Views};
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::method::{Kind, Method};
use crate::node::Node;
use crate::problem::Refused;
use crate::v1::{FoundedResponse, State, StepResponse};
use crate::wire::words;

/// A call. Put into its extensions by the gate.
#[derive(Clone)]
pub(crate) struct Ask {
    pub node: Node,
    pub method: Method,
    pub caller: Caller,
    pub client: IpAddr,
    /// The tracking code in the metadata.
    pub code: Option<String>,
    pub key: Option<Uuid>,
    pub authorization: Option<String>,
    /// The host that was called.
    pub authority: Option<String>,
}

/// Answers a call by what `work` makes of its message.
pub(crate) async fn answer<M, R, F>(
    request: Request<M>,
    work: impl FnOnce(Arc<Ask>, M) -> F + Send,
) -> Result<Response<R>, Status>
where
    F: Future<Output = Result<R, Refused>> + Send,
{
    let (_, mut extensions, message) = request.into_parts();
    // Every service stands behind the gate.
    let Some(ask) = extensions.remove::<Ask>() else { return Err(Refused::failed().into_status("")) };
    let ask = Arc::new(ask);
    match work(Arc::clone(&ask), message).await {
        Ok(answer) => Ok(Response::new(answer)),
        Err(refused) => Err(ask.status(refused)),
    }
}

impl Ask {
    pub fn app(&self) -> &App {
        &self.node.app
    }

    pub fn views(&self) -> &Views {
        &self.node.views
    }

    pub fn status(&self, refused: Refused) -> Status {
        refused.into_status(self.node.base())
    }

    /// The caller with the key of this wish, which is about no request yet.
    pub fn wishes(&self) -> Caller {
        self.keyed(str::to_owned)
    }

    /// The caller with the key of this wish about a request.
    pub fn wishes_on(&self, id: RequestId) -> Caller {
        self.wishes_about(id.0)
    }

    /// The caller with the key of this wish about something else that has an id.
    pub fn wishes_about(&self, id: Uuid) -> Caller {
        self.keyed(|twin| twin.replace("{id}", &id.to_string()))
    }

    fn keyed(&self, path: impl FnOnce(&str) -> String) -> Caller {
        let Kind::Command { twin } = self.method.kind else { return self.caller.clone() };
        let idempotency = self.key.map(|key| Idempotency { key, path: path(twin) });
        Caller { idempotency, ..self.caller.clone() }
    }

    /// The tracking code, in the metadata or in its field. Without one there is nothing to be found.
    pub fn code(&self, field: String) -> Result<String, Refused> {
        self.node.door.look_up(&self.caller, self.client)?;
        let code = self.code.clone().or_else(|| words::text(field));
        Ok(code.ok_or(Refusal::NotFound)?)
    }

    /// Of a call with a tracking code: one that led nowhere is counted.
    pub fn found<T>(&self, found: Result<T, Refusal>) -> Result<T, Refused> {
        match found {
            Err(Refusal::NotFound) => Err(self.node.door.found_nothing(&self.caller, self.client).into()),
            found => Ok(found?),
        }
    }

    /// Who looks, if they may see this request: staff in their communities, anybody else by tracking code.
    pub async fn looks(&self, id: RequestId, code: String) -> Result<(Sight, Eyes), Refused> {
        if !sandan_app::may(self.caller.actor.role(), Action::See) {
            let code = self.code(code)?;
            let person = self.found(self.app().opened_by(&code, id).await)?;
            return Ok((Sight::All, self.resident(id, person).await?));
        }
        let sight = self.views().sight_of(self.community()).await?;
        if let Some(community) = self.views().community_of(id).await? {
            self.app().who_may_see(&self.caller, &community).await?;
        }
        Ok((sight, self.eyes()))
    }

    async fn resident(&self, id: RequestId, person: PersonId) -> Result<Eyes, Refused> {
        let filed = match &*self.app().request(id).await? {
            ServiceRequest::Filed(case) => case.filer == person,
            ServiceRequest::Absent => false,
        };
        Ok(Eyes::Resident { person, filed })
    }

    /// Of staff.
    pub fn eyes(&self) -> Eyes {
        if self.caller.actor.unit().is_some() { Eyes::Unit } else { Eyes::Staff }
    }

    /// The one that the caller is limited to, with those below it.
    pub fn community(&self) -> Option<&CommunityId> {
        match &self.caller.scope {
            Scope::All => None,
            Scope::Community(community) => Some(community),
        }
    }

    /// A link that can be printed: with the public host, or the one that was called.
    pub fn link(&self, path: &str) -> String {
        let scheme = if self.node.settings.secure { "https" } else { "http" };
        match (&self.node.settings.public_url, &self.authority) {
            (Some(base), _) => format!("{base}{path}"),
            (None, Some(host)) => format!("{scheme}://{host}{path}"),
            (None, None) => path.to_owned(),
        }
    }
}

/// The id in a message. What is no id names nothing, as an id that nobody has.
pub(crate) fn id_of<T: From<Uuid>>(id: &str) -> Result<T, Refused> {
    Ok(Uuid::try_parse(id.trim()).map(T::from).map_err(|_| Refusal::NotFound)?)
}

/// The same of a request.
pub(crate) fn request(id: &str) -> Result<RequestId, Refused> {
    id_of(id)
}

/// A step was taken.
pub(crate) fn stepped(answer: Answer<Changed>) -> Result<StepResponse, Refused> {
    let Receipt { position, outcome: Changed { request, state }, .. } = answer?;
    Ok(StepResponse { id: request.to_string(), state: words::named::<State>(&state), position })
}

/// Something of the organisation stands.
pub(crate) fn founded(answer: Answer<Founded>) -> Result<FoundedResponse, Refused> {
    let Receipt { position, outcome: Founded { slug }, .. } = answer?;
    Ok(FoundedResponse { slug, position })
}
