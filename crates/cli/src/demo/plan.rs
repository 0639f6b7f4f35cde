//! Which fates there are in the demonstration, and how long ago they began: every state is to be seen.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::life::{Days, Fate, Life, filed_at};
use super::place::{MAIN, OTHER};
use super::random::Random;
use super::stories::{self, Story};

/// How far the story goes back.
pub const DAYS: i64 = 36;
const REQUESTS: usize = 250;
const CHANNELS: [&str; 12] = [
    "web",
    "web",
    "web",
    "web",
    "kiosk",
    "kiosk",
    "hotline",
    "hotline",
    "grid_visit",
    "grid_visit",
    "mailbox",
    "liaison",
];

/// So many of a fate, begun between so many days ago.
const CERTAIN: [(Fate, usize, i64, i64); 30] = [
    (Fate::Forgotten, 3, 5, 9),
    (Fate::Accepted, 3, 2, 4),
    (Fate::Late, 6, 29, 35),
    (Fate::Late, 3, 17, 20),
    (Fate::InPool, 4, 0, 1),
    (Fate::WaitsForRuling, 2, 4, 7),
    (Fate::ReturnedTwice, 2, 18, 24),
    (Fate::Returned, 6, 6, 32),
    (Fate::Suspended, 2, 8, 14),
    (Fate::SuspendedOnce, 2, 18, 26),
    (Fate::Extended, 2, 14, 26),
    (Fate::ClosedDissatisfied, 2, 28, 34),
    (Fate::InRework(1), 4, 5, 8),
    (Fate::InRework(2), 3, 9, 13),
    (Fate::InRework(3), 1, 15, 18),
    (Fate::ReworkTwice, 3, 22, 32),
    (Fate::Rework, 8, 14, 34),
    (Fate::WrongDispatch, 2, 14, 20),
    (Fate::InReview, 8, 7, 11),
    (Fate::Crowd, 8, 10, 34),
    (Fate::Unsolved, 6, 12, 34),
    (Fate::Rejected, 7, 1, 34),
    (Fate::Merged, 8, 2, 30),
    (Fate::Withdrawn, 5, 2, 34),
    (Fate::Unrated, 30, 3, 35),
    (Fate::Burst, 1, 4, 6),
    (Fate::CalledUnreasonable, 1, 4, 6),
    (Fate::RuledUnreasonable, 1, 18, 26),
    (Fate::Appealed, 1, 7, 9),
    (Fate::AppealRuled, 1, 16, 24),
];

/// All lives, in the order in which they begin.
pub fn lives(random: &mut Random, zone: &TimeZone, end: Timestamp) -> Vec<Life> {
    let mut begun = begun(random, zone, end);
    begun.sort_by_key(|(_, filed)| *filed);
    let stories = stories::all();
    let mut lives: Vec<Life> = Vec::with_capacity(begun.len());
    for (fate, filed) in begun {
        let like = lives.last().filter(|_| fate == Fate::Merged).map(|life| (life.story, life.community));
        lives.push(life(random, zone, &stories, like, fate, filed));
    }
    lives
}

fn begun(random: &mut Random, zone: &TimeZone, end: Timestamp) -> Vec<(Fate, Timestamp)> {
    let mut begun = Vec::with_capacity(REQUESTS);
    for (fate, count, latest, earliest) in CERTAIN {
        for _ in 0..count {
            let days = random.between(latest, earliest);
            begun.push((fate, filed_at(random, zone, end, days)));
        }
    }
    while begun.len() < REQUESTS {
        let days = random.between(0, DAYS);
        begun.push((Fate::Solved, filed_at(random, zone, end, days)));
    }
    begun
}

fn life(
    random: &mut Random,
    zone: &TimeZone,
    stories: &[Story],
    like: Option<(Story, &'static str)>,
    fate: Fate,
    filed: Timestamp,
) -> Life {
    let drawn = (*random.pick(stories), if random.percent(78) { MAIN } else { OTHER });
    let (story, community) = like.unwrap_or(drawn);
    let channel = *random.pick(&CHANNELS);
    let urgent = random.percent(7);
    let steps = Days::new(random, zone, filed).live(fate);
    Life { story, community, channel, urgent, steps }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lives_are_the_same_for_the_same_seed_and_in_order() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let end = "2026-11-20T10:00:00+08:00".parse().unwrap();
        let steps = || {
            let lives = lives(&mut Random::new(5), &zone, end);
            lives.iter().map(|life| format!("{:?}", life.steps)).collect::<Vec<_>>()
        };
        assert_eq!(steps(), steps());
        let lives = lives(&mut Random::new(5), &zone, end);
        assert_eq!(lives.len(), REQUESTS);
        for life in &lives {
            assert!(life.steps.is_sorted_by_key(|step| step.at));
            assert!(life.steps[0].at <= end);
        }
    }
}
