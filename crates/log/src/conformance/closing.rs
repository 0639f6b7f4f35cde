//! The end of a log's use.

use std::time::Duration;

use super::{HandClock, Sample, Subject, stream, uuid};
use crate::{AppendError, Clock, LogError};

pub async fn a_closed_log_answers_that_it_is_closed(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).writes(stream(1), 0, 1).accepted(&*log).await;
    log.close().await.unwrap();
    log.close().await.unwrap();
    let refused = Sample::command(2).writes(stream(1), 1, 1).to(&*log).await;
    assert!(matches!(refused, Err(AppendError::Log(LogError::Closed))), "{refused:?}");
    assert_eq!(log.read(0, 1).await, Err(LogError::Closed));
    assert_eq!(log.remembered(uuid(1)).await, Err(LogError::Closed));
    assert_eq!(log.head().await, Err(LogError::Closed), "whoever asks whether it is well is told");
    assert_eq!(log.stat().await, Err(LogError::Closed));
    assert_eq!(log.lease("job", "ada", Duration::from_secs(60)).await, Err(LogError::Closed));
    assert_eq!(log.fork("a test").await, Err(LogError::Closed));
}
