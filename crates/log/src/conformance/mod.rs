//! What every backend of the log must do, as tests that run on any of them.
//!
//! A backend runs the whole suite with one line, naming a function that opens an empty log:
//! `sandan_log::conformance!(open);` where `async fn open(clock: Clock) -> Subject`. What only one backend
//! can do (full disks, crashes, files) is tested beside that backend.

#![allow(clippy::unwrap_used, reason = "a suite of tests: a panic is its verdict")]

pub mod chain;
pub mod closing;
pub mod commands;
pub mod crowd;
pub mod generations;
pub mod leases;
pub mod reading;
pub mod rows;
mod sample;
pub mod timers;
pub mod versions;

use std::any::Any;
use std::ops::Deref;
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};

use crate::{Clock, Log};
pub use sample::{Sample, stream, uuid};

/// An empty log, and whatever must live as long as it does.
pub struct Subject {
    pub log: Arc<dyn Log>,
    _keep: Box<dyn Any>,
}

impl Subject {
    /// A log together with, say, the folder it is in.
    pub fn new(log: impl Log, keep: impl Any) -> Self {
        Self { log: Arc::new(log), _keep: Box::new(keep) }
    }
}

impl Deref for Subject {
    type Target = dyn Log;

    fn deref(&self) -> &Self::Target {
        &*self.log
    }
}

/// Time that stands still until a test moves it.
#[derive(Clone)]
pub struct HandClock(Arc<Mutex<Timestamp>>);

impl HandClock {
    pub fn at(time: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(time)))
    }

    pub fn advance(&self, by: SignedDuration) {
        let mut time = self.0.lock().unwrap();
        *time = time.checked_add(by).unwrap();
    }

    pub fn clock(&self) -> Clock {
        let time = self.0.clone();
        Arc::new(move || *time.lock().unwrap())
    }
}

impl Default for HandClock {
    fn default() -> Self {
        Self::at("2026-03-01T08:00:00Z".parse().unwrap())
    }
}

/// Makes a test of every function of the suite, run on what `open` gives.
#[macro_export]
macro_rules! conformance {
    ($open:path) => {
        $crate::conformance! { $open;
            chain::the_chain_of_an_empty_log_verifies,
            chain::the_chain_verifies_whatever_was_refused_between,
            chain::a_receipt_carries_the_hash_of_its_last_record,
            chain::recorded_times_never_go_back,
            chain::times_are_kept_in_whole_microseconds,
            closing::a_closed_log_answers_that_it_is_closed,
            commands::a_repeat_gets_the_first_receipt,
            commands::another_content_under_the_same_id_is_refused,
            commands::a_refused_command_is_not_remembered,
            commands::a_command_without_events_is_remembered,
            commands::a_folded_reaction_is_remembered_too,
            commands::a_reaction_that_was_done_before_refuses_the_append,
            commands::an_id_given_twice_is_malformed,
            crowd::the_same_command_from_many_callers_happens_once,
            crowd::a_conflict_leaves_its_neighbours_alone,
            crowd::one_of_many_writers_wins_each_version,
            crowd::one_of_many_claims_wins,
            generations::a_log_begins_in_the_first_generation,
            generations::a_fork_begins_a_generation_at_the_head,
            generations::records_and_receipts_carry_their_generation,
            generations::what_was_decided_before_a_fork_is_refused,
            generations::a_fork_ends_all_leases,
            leases::a_free_job_is_taken_once,
            leases::a_holder_renews_its_own_lease,
            leases::a_lapsed_lease_is_taken_under_a_greater_fence,
            leases::a_released_job_is_free,
            leases::only_the_newest_lease_can_be_released,
            leases::each_job_has_its_own_lease,
            leases::many_want_a_job_and_one_gets_it,
            leases::leases_do_not_run_on_the_clock_of_records,
            leases::an_append_is_fenced_off_by_a_newer_lease,
            leases::a_lease_that_lapsed_and_was_not_taken_still_appends,
            leases::the_fence_is_checked_after_the_ids_and_before_the_versions,
            reading::a_record_carries_all_that_was_given,
            reading::pages_follow_each_other_without_gaps,
            reading::a_stream_is_read_alone,
            reading::bounds_may_be_as_large_as_numbers_go,
            reading::head_and_stat_tell_where_the_log_stands,
            reading::a_watcher_sees_the_newest_position,
            rows::a_claimed_key_is_taken,
            rows::a_row_can_be_put_again_and_deleted,
            rows::changes_apply_in_their_order,
            rows::a_refused_append_leaves_no_row,
            rows::rows_are_found_at_their_keys,
            rows::rows_are_listed_by_key,
            timers::due_timers_come_in_order,
            timers::a_timer_that_is_set_again_is_replaced,
            timers::a_cancelled_timer_is_gone,
            timers::a_refused_append_leaves_no_timer,
            versions::the_first_event_creates_its_stream,
            versions::events_are_numbered_from_the_expected_version_on,
            versions::an_unexpected_version_is_a_conflict,
            versions::what_was_decided_upon_a_refused_append_is_refused,
            versions::one_append_writes_to_several_streams,
            versions::a_conflict_on_one_stream_refuses_all_of_the_append,
            versions::a_condition_holds_on_a_stream_that_is_not_written,
            versions::kinds_with_the_same_id_are_different_streams,
            versions::a_stream_without_an_expected_version_is_malformed,
        }
    };
    ($open:path; $($group:ident::$test:ident),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                $crate::conformance::$group::$test($open).await;
            }
        )*
    };
}
