//! The one that writes a model's file. Rows and position change in one transaction, and only the next position
//! is taken.

use std::time::Instant;

use jiff::Timestamp;
use rusqlite::Connection;
use sandan_log::{Head, Record};

use super::Context;
use crate::ViewsError;
use crate::fold::{Fault, Fold, Opened};
use crate::store::{create, create_to_build, finish, next_number, open_newest, path_of, read_head, write_head};

/// Wishes that are named on the span of a batch.
const CORRELATIONS_MAX: usize = 16;

pub(super) struct Writer<F> {
    connection: Connection,
    fold: F,
    context: Context,
    pub head: Head,
    /// Of the file.
    pub number: u64,
    /// The file is filled at a stretch: it has no indexes yet, and nobody looks at it.
    is_building: bool,
    pub next_tick: Option<Timestamp>,
}

impl<F: Fold> Writer<F> {
    /// Goes on with the newest file, or begins one.
    pub fn open(context: &Context) -> Result<Self, ViewsError> {
        let (number, connection) = open_newest(&context.folder, F::KIND)?;
        Self::on(connection, number, context, false)
    }

    /// An empty file with the next number.
    pub fn begin(context: &Context) -> Result<Self, ViewsError> {
        let number = next_number(&context.folder, F::KIND)?;
        let connection = create(&path_of(&context.folder, F::KIND, number, false), F::KIND)?;
        Self::on(connection, number, context, false)
    }

    /// The same, to be filled at a stretch, up to [`Writer::finish`].
    pub fn begin_to_build(context: &Context) -> Result<Self, ViewsError> {
        let number = next_number(&context.folder, F::KIND)?;
        let connection = create_to_build(&path_of(&context.folder, F::KIND, number, true), F::KIND)?;
        Self::on(connection, number, context, true)
    }

    fn on(connection: Connection, number: u64, context: &Context, is_building: bool) -> Result<Self, ViewsError> {
        let fold = F::load(&connection, context)?;
        let (head, context) = (read_head(&connection)?, context.clone());
        let mut writer = Self { connection, fold, context, head, number, is_building, next_tick: None };
        writer.look_ahead()?;
        Ok(writer)
    }

    /// Ends the building: the file gets its indexes and its own name.
    pub fn finish(self) -> Result<Self, ViewsError> {
        let Self { connection, context, number, .. } = self;
        let path = path_of(&context.folder, F::KIND, number, false);
        finish(connection, &path_of(&context.folder, F::KIND, number, true), &path, F::KIND)?;
        Self::open(&context)
    }

    fn look_ahead(&mut self) -> Result<(), ViewsError> {
        if !self.is_building {
            self.next_tick = self.fold.next_tick(&self.connection)?;
        }
        Ok(())
    }

    /// Applies what is new of `opened`. All before an event that can't be applied is kept.
    pub fn apply(&mut self, opened: &[Opened]) -> Result<(), Fault> {
        let known = opened.iter().take_while(|opened| opened.record.position <= self.head.position).count();
        let fresh = &opened[known..];
        if fresh.is_empty() {
            return Ok(());
        }
        self.check_order(fresh)?;
        match self.commit(fresh) {
            Ok(()) => Ok(()),
            Err(fault) => {
                self.fold = F::load(&self.connection, &self.context)?;
                self.keep_before(fresh, &fault)?;
                Err(fault)
            }
        }
    }

    /// `position = stored + 1`, or refuse.
    fn check_order(&self, fresh: &[Opened]) -> Result<(), ViewsError> {
        let expected = self.head.position + 1..;
        match fresh.iter().zip(expected).find(|(opened, expected)| opened.record.position != *expected) {
            None => Ok(()),
            Some((opened, expected)) => {
                let position = opened.record.position;
                Err(ViewsError::Storage(format!("position {position} came where {expected} was expected")))
            }
        }
    }

    fn commit(&mut self, fresh: &[Opened]) -> Result<(), Fault> {
        let Some(last) = fresh.last() else { return Ok(()) };
        let begun = Instant::now();
        let _span = traced(F::MODEL.name(), fresh).entered();
        let transaction = self.connection.unchecked_transaction()?;
        self.fold.apply(&transaction, fresh)?;
        let head = head_of(&last.record);
        write_head(&transaction, &head)?;
        transaction.commit()?;
        self.head = head;
        self.look_ahead()?;
        metrics::histogram!("sandan_views_apply_seconds", "model" => F::MODEL.name()).record(begun.elapsed());
        metrics::histogram!("sandan_views_batch_records", "model" => F::MODEL.name()).record(fresh.len() as f64);
        Ok(())
    }

    fn keep_before(&mut self, fresh: &[Opened], fault: &Fault) -> Result<(), Fault> {
        let Fault::Poison { position, .. } = fault else { return Ok(()) };
        let whole = fresh.iter().take_while(|opened| opened.record.position < *position).count();
        self.commit(&fresh[..whole])
    }

    /// Changes what time alone changes; says how much that was. The position stays.
    pub fn tick(&mut self, now: Timestamp) -> Result<usize, Fault> {
        let transaction = self.connection.unchecked_transaction()?;
        let changed = self.fold.tick(&transaction, now)?;
        transaction.commit()?;
        self.look_ahead()?;
        Ok(changed)
    }

    pub fn forget(&mut self, person: sandan_domain::PersonId) -> Result<(), ViewsError> {
        let transaction = self.connection.unchecked_transaction()?;
        self.fold.forget(&transaction, person)?;
        Ok(transaction.commit()?)
    }
}

/// A span for a batch. Its records say which wishes they follow from: by that the traces of those are found.
fn traced(model: &'static str, fresh: &[Opened]) -> tracing::Span {
    let span = tracing::debug_span!("project", model, records = fresh.len(), correlations = tracing::field::Empty);
    if !span.is_disabled() {
        let mut correlations: Vec<_> = fresh.iter().map(|opened| opened.record.correlation).collect();
        correlations.dedup();
        correlations.truncate(CORRELATIONS_MAX);
        span.record("correlations", tracing::field::debug(correlations));
    }
    span
}

fn head_of(record: &Record) -> Head {
    Head { position: record.position, generation: record.generation, hash: record.hash }
}
