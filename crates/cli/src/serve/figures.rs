//! What each figure at `/metrics` is, in the words that Prometheus shows. `docs/metrics.md` says more; a test compares.

use metrics::{describe_counter, describe_gauge, describe_histogram};

enum Kind {
    Counter,
    Gauge,
    Histogram,
}

use Kind::{Counter, Gauge, Histogram};

const FIGURES: [(&str, Kind, &str); 41] = [
    ("sandan_commands_total", Counter, "Commands, by what became of them."),
    ("sandan_command_seconds", Histogram, "From a checked command to its answer."),
    ("sandan_command_retries_total", Counter, "Commands decided anew because somebody else was first."),
    ("sandan_http_requests_total", Counter, "Calls over HTTP, by route and status."),
    ("sandan_http_seconds", Histogram, "From a call over HTTP to its answer."),
    ("sandan_http_panics_total", Counter, "Handlers that panicked: each is a bug."),
    ("sandan_grpc_requests_total", Counter, "Calls over gRPC, by method and code."),
    ("sandan_grpc_seconds", Histogram, "From a call over gRPC to its answer, or to the beginning of its stream."),
    ("sandan_writes_in_flight", Gauge, "Writes under way on this node."),
    ("sandan_states_held", Gauge, "Streams whose states are in memory."),
    ("sandan_log_position", Gauge, "The last position of the log."),
    ("sandan_log_generation", Gauge, "How often the log went back to an older past, from 1."),
    ("sandan_timers_overdue_seconds", Gauge, "How long the oldest due promise waits to be kept."),
    ("sandan_jobs_held", Gauge, "1 while this node does the job."),
    ("sandan_lease_seconds", Gauge, "How long a job's lease still holds."),
    ("sandan_log_batch_appends", Histogram, "Appends that one call took to the database."),
    ("sandan_log_lock_wait_seconds", Histogram, "Waited for the batches of other nodes."),
    ("sandan_log_work_seconds", Histogram, "Checking, numbering and writing a batch."),
    ("sandan_log_commit_seconds", Histogram, "Committing a batch."),
    ("sandan_log_queue_appends", Gauge, "Appends that wait for the next batch."),
    ("sandan_log_reconnects_total", Counter, "Times that the connection which appends was made anew."),
    ("sandan_views_position", Gauge, "The last event in a read model."),
    ("sandan_views_lag", Gauge, "Events of the log that a read model does not show yet, when it is asked."),
    ("sandan_views_lag_records", Gauge, "The same after its last batch."),
    ("sandan_views_generation", Gauge, "The generation of the log that a read model stands in."),
    ("sandan_views_apply_seconds", Histogram, "One batch into a read model."),
    ("sandan_views_batch_records", Histogram, "Events in a batch of a read model."),
    ("sandan_snapshot_position", Gauge, "The last event in the newest copy of a read model that this node kept."),
    ("sandan_snapshot_bytes", Gauge, "Size of that copy."),
    ("sandan_snapshot_seconds", Histogram, "Making and keeping a copy of a read model."),
    ("sandan_snapshots_taken_up_total", Counter, "Copies that this node tried to go on from when it began."),
    ("sandan_relay_position", Gauge, "The last event that the relay has on the bus."),
    ("sandan_relay_lag", Gauge, "Events of the log that are not on the bus yet."),
    ("sandan_relay_published_total", Counter, "Events that the relay put on the bus."),
    ("sandan_relay_refused_total", Counter, "Events that the bus refused, being of another past or there already."),
    ("sandan_relay_rebuilds_total", Counter, "Times that the stream on the bus was begun anew."),
    ("sandan_bus_connected", Gauge, "1 while the bus can be reached."),
    ("sandan_bus_live_records_total", Counter, "Events that came over the bus rather than from the log."),
    ("sandan_bus_late_total", Counter, "Messages that did not come in time, so that the log was read."),
    ("sandan_bus_dropped_total", Counter, "Messages that the client of the bus dropped; the log gave them again."),
    ("sandan_build_info", Gauge, "1, with the version of the program."),
];

/// Tells the recorder.
pub fn describe() {
    for (name, kind, help) in FIGURES {
        match kind {
            Counter => describe_counter!(name, help),
            Gauge => describe_gauge!(name, help),
            Histogram => describe_histogram!(name, help),
        }
    }
    metrics::gauge!("sandan_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
}
