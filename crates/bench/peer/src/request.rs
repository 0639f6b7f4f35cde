//! A request as a plain program would model it with cqrs-es: five steps, one event each, about 400 bytes of payload.

use cqrs_es::event_sink::EventSink;
use cqrs_es::{Aggregate, DomainEvent};
use serde::{Deserialize, Serialize};

/// The steps in their order.
pub const STEPS: [Step; 5] = [Step::File, Step::Triage, Step::Dispatch, Step::Claim, Step::Complete];

/// Makes an event's payload about 400 bytes long.
const TEXT: &str = "三号楼二单元楼道灯已经坏了一个星期，老人晚上上下楼看不清台阶，请尽快派人来修，谢谢。\
                    幸福路8号3号楼二单元，居民联系方式已留，白天在家，晚上也可以上门查看，麻烦各位了。";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    File,
    Triage,
    Dispatch,
    Claim,
    Complete,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Done {
    pub step: Step,
    pub text: String,
    pub unit: String,
}

impl DomainEvent for Done {
    fn event_type(&self) -> String {
        format!("{:?}", self.step)
    }

    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// How many steps are done.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Request {
    done: usize,
}

#[derive(Debug, thiserror::Error)]
#[error("{step:?} is not the next step after {done}")]
pub struct NotPermitted {
    step: Step,
    done: usize,
}

impl Aggregate for Request {
    const TYPE: &'static str = "request";
    type Command = Step;
    type Event = Done;
    type Error = NotPermitted;
    type Services = ();

    async fn handle(&mut self, step: Step, (): &(), sink: &EventSink<Self>) -> Result<(), NotPermitted> {
        if STEPS.get(self.done) != Some(&step) {
            return Err(NotPermitted { step, done: self.done });
        }
        sink.write(Done { step, text: TEXT.to_owned(), unit: "unit-7".to_owned() }, self).await;
        Ok(())
    }

    fn apply(&mut self, _: Done) {
        self.done += 1;
    }
}
