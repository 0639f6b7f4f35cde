//! The row of a request in memory, and its way from and to the table.

use std::sync::LazyLock;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row as Stored};
use uuid::Uuid;

use super::light::Limits;
use crate::ViewsError;
use crate::answer::State;

/// A row of the table `request`: see the schema for the columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub seq: i64,
    pub id: Uuid,
    pub number: i64,
    pub community: i64,
    pub channel: i64,
    pub grid: Option<i64>,
    pub filed_at: i64,
    pub state: State,
    pub category: Option<i64>,
    pub alarm: Option<i64>,
    pub pooled: bool,
    pub next_light_at: Option<i64>,
    pub facts: i64,
    pub fact_unit: Option<i64>,
    pub ballots: i64,
    pub satisfied: i64,
    pub struck: i64,
    pub light: i64,
    pub overdue: bool,
    pub round: u32,
    pub lead: Option<i64>,
    pub units: Vec<i64>,
    pub owner: Option<i64>,
    pub open_slots: u32,
    pub urgency: i64,
    pub triaged_at: Option<i64>,
    pub dispatched_at: Option<i64>,
    pub claimed_at: Option<i64>,
    pub completed_at: Option<i64>,
    pub closed_at: Option<i64>,
    pub due_at: i64,
    pub due_started: Option<i64>,
    pub suspended: Option<i64>,
    pub review_on: Option<i64>,
    pub asked_until: Option<i64>,
    pub extended: bool,
    pub solved: Option<bool>,
    pub returns: u32,
    pub closing: Option<i64>,
    pub merged_into: Option<Uuid>,
    pub signers: i64,
    pub review_round: Option<u32>,
    pub electorate: i64,
    pub valid: i64,
    pub dissatisfied: i64,
    pub held_since: Option<i64>,
    pub supervised: Option<i64>,
    pub escalated: Option<i64>,
    pub position: i64,
}

/// In the order of the table.
const COLUMNS: [&str; 49] = [
    "seq",
    "id",
    "number",
    "community",
    "channel",
    "grid",
    "filed_at",
    "state",
    "category",
    "alarm",
    "pooled",
    "next_light_at",
    "facts",
    "fact_unit",
    "ballots",
    "satisfied",
    "struck",
    "light",
    "overdue",
    "round",
    "lead",
    "units",
    "owner",
    "open_slots",
    "urgency",
    "triaged_at",
    "dispatched_at",
    "claimed_at",
    "completed_at",
    "closed_at",
    "due_at",
    "due_started",
    "suspended",
    "review_on",
    "asked_until",
    "extended",
    "solved",
    "returns",
    "closing",
    "merged_into",
    "signers",
    "review_round",
    "electorate",
    "valid",
    "dissatisfied",
    "held_since",
    "supervised",
    "escalated",
    "position",
];

/// Columns that are in indexes, in groups that change together: an update names a group only when it changed,
/// since SQLite rewrites the index entries of every column that is named.
const INDEXED: [std::ops::Range<usize>; 6] = [7..8, 8..9, 9..10, 10..11, 11..12, 12..17];
/// From here on nothing is in an index.
const PLAIN: usize = 17;

static SELECT: LazyLock<String> = LazyLock::new(|| format!("SELECT {} FROM request WHERE id = ?", COLUMNS.join(", ")));
static INSERT: LazyLock<String> = LazyLock::new(|| {
    let places = vec!["?"; COLUMNS.len()].join(", ");
    format!("INSERT INTO request ({}) VALUES ({places})", COLUMNS.join(", "))
});
/// One statement for every set of groups.
static UPDATES: LazyLock<Vec<String>> = LazyLock::new(|| (0..1 << INDEXED.len()).map(update).collect());

fn update(changed: usize) -> String {
    let set = changed_columns(changed).map(|column| format!("{} = ?", COLUMNS[column])).collect::<Vec<_>>();
    format!("UPDATE request SET {} WHERE seq = ?", set.join(", "))
}

fn changed_columns(changed: usize) -> impl Iterator<Item = usize> {
    let indexed = INDEXED.into_iter().enumerate().filter(move |(bit, _)| changed & (1 << bit) != 0);
    indexed.flat_map(|(_, group)| group).chain(PLAIN..COLUMNS.len())
}

impl Row {
    pub fn limits(&self) -> Limits {
        Limits {
            open: self.state.is_open(),
            due_at: self.due_at,
            due_started: self.due_started,
            suspended: self.suspended,
            round: self.round,
            supervised: self.supervised.is_some(),
        }
    }

    pub fn load(connection: &Connection, id: Uuid) -> Result<Option<Self>, ViewsError> {
        Ok(connection.prepare_cached(&SELECT)?.query_row([id], Self::read).optional()?)
    }

    pub fn insert(self: &Row, connection: &Connection) -> Result<(), ViewsError> {
        connection.prepare_cached(&INSERT)?.execute(rusqlite::params_from_iter(self.values()))?;
        Ok(())
    }

    /// Writes what differs from `before`.
    pub fn update(&self, before: &Self, connection: &Connection) -> Result<(), ViewsError> {
        if self == before {
            return Ok(());
        }
        let (old, new) = (before.values(), self.values());
        let bits = INDEXED.into_iter().enumerate();
        let changed = bits.fold(0, |set, (bit, group)| match old[group.clone()] == new[group] {
            true => set,
            false => set | 1 << bit,
        });
        let mut statement = connection.prepare_cached(&UPDATES[changed])?;
        let mut place = 0;
        for column in changed_columns(changed) {
            place += 1;
            statement.raw_bind_parameter(place, &new[column])?;
        }
        statement.raw_bind_parameter(place + 1, self.seq)?;
        statement.raw_execute()?;
        Ok(())
    }

    fn values(&self) -> [Value; COLUMNS.len()] {
        let units = self.units.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
        [
            self.seq.into(),
            self.id.as_bytes().to_vec().into(),
            self.number.into(),
            self.community.into(),
            self.channel.into(),
            self.grid.into(),
            self.filed_at.into(),
            self.state.code().into(),
            self.category.into(),
            self.alarm.into(),
            self.pooled.then_some(1_i64).into(),
            self.next_light_at.into(),
            self.facts.into(),
            self.fact_unit.into(),
            self.ballots.into(),
            self.satisfied.into(),
            self.struck.into(),
            self.light.into(),
            self.overdue.into(),
            i64::from(self.round).into(),
            self.lead.into(),
            units.into(),
            self.owner.into(),
            i64::from(self.open_slots).into(),
            self.urgency.into(),
            self.triaged_at.into(),
            self.dispatched_at.into(),
            self.claimed_at.into(),
            self.completed_at.into(),
            self.closed_at.into(),
            self.due_at.into(),
            self.due_started.into(),
            self.suspended.into(),
            self.review_on.into(),
            self.asked_until.into(),
            self.extended.into(),
            self.solved.map(i64::from).into(),
            i64::from(self.returns).into(),
            self.closing.into(),
            self.merged_into.map(|id| id.as_bytes().to_vec()).into(),
            self.signers.into(),
            self.review_round.map(i64::from).into(),
            self.electorate.into(),
            self.valid.into(),
            self.dissatisfied.into(),
            self.held_since.into(),
            self.supervised.into(),
            self.escalated.into(),
            self.position.into(),
        ]
    }

    fn read(row: &Stored<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            id: row.get(1)?,
            number: row.get(2)?,
            community: row.get(3)?,
            channel: row.get(4)?,
            grid: row.get(5)?,
            filed_at: row.get(6)?,
            state: State::of_code(row.get(7)?).unwrap_or(State::Filed),
            category: row.get(8)?,
            alarm: row.get(9)?,
            pooled: row.get::<_, Option<i64>>(10)?.is_some(),
            next_light_at: row.get(11)?,
            facts: row.get(12)?,
            fact_unit: row.get(13)?,
            ballots: row.get(14)?,
            satisfied: row.get(15)?,
            struck: row.get(16)?,
            light: row.get(17)?,
            overdue: row.get(18)?,
            round: row.get(19)?,
            lead: row.get(20)?,
            units: codes(row.get_ref(21)?.as_str()?),
            owner: row.get(22)?,
            open_slots: row.get(23)?,
            urgency: row.get(24)?,
            triaged_at: row.get(25)?,
            dispatched_at: row.get(26)?,
            claimed_at: row.get(27)?,
            completed_at: row.get(28)?,
            closed_at: row.get(29)?,
            due_at: row.get(30)?,
            due_started: row.get(31)?,
            suspended: row.get(32)?,
            review_on: row.get(33)?,
            asked_until: row.get(34)?,
            extended: row.get(35)?,
            solved: row.get(36)?,
            returns: row.get(37)?,
            closing: row.get(38)?,
            merged_into: row.get(39)?,
            signers: row.get(40)?,
            review_round: row.get(41)?,
            electorate: row.get(42)?,
            valid: row.get(43)?,
            dissatisfied: row.get(44)?,
            held_since: row.get(45)?,
            supervised: row.get(46)?,
            escalated: row.get(47)?,
            position: row.get(48)?,
        })
    }
}

fn codes(text: &str) -> Vec<i64> {
    text.split(' ').filter_map(|code| code.parse().ok()).collect()
}
