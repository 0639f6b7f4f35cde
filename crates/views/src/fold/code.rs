//! Small numbers that stand for words in the tables.

use sandan_domain::Level;
use sandan_domain::honour::Opinion;
use sandan_domain::request::{Channel, Closing, Urgency};
use sandan_domain::review::{CallOutcome, Ground, Outcome, Rating, Via};
use sandan_domain::time::Light;

use crate::answer::{SignerVia, TimelineStream, Watched};

/// Has a number in the tables. The numbers belong to the tables' version.
pub(crate) trait Coded: Copy {
    fn code(self) -> i64;
}

macro_rules! coded {
    ($type:ty, $read:ident, $fallback:ident: $($variant:ident = $code:literal),+ $(,)?) => {
        impl Coded for $type {
            fn code(self) -> i64 {
                match self {
                    $(Self::$variant => $code),+
                }
            }
        }

        /// A number that this program did not write can't occur: files of other versions are built anew.
        pub(crate) fn $read(code: i64) -> $type {
            match code {
                $($code => <$type>::$variant,)+
                _ => <$type>::$fallback,
            }
        }
    };
}

coded!(Channel, channel_of, Web:
    Web = 0, Kiosk = 1, Hotline = 2, Mailbox = 3, Liaison = 4, GridVisit = 5, Partner = 6);
coded!(Urgency, urgency_of, Normal: Normal = 0, Urgent = 1);
coded!(Closing, closing_of, Unrated: Satisfied = 0, Unrated = 1, Dissatisfied = 2);
coded!(Outcome, outcome_of, Unrated: Passed = 0, Rework = 1, Unrated = 2);
coded!(Rating, rating_of, Satisfied:
    VerySatisfied = 0, Satisfied = 1, BasicallySatisfied = 2, Dissatisfied = 3, VeryDissatisfied = 4);
coded!(SignerVia, via_of, Filed: Filed = 0, CoSigned = 1, Merged = 2);
coded!(Via, ballot_via_of, Web: Web = 0, Kiosk = 1, Qr = 2, Phone = 3, Paper = 4);
coded!(CallOutcome, call_of, NoAnswer: Reached = 0, NoAnswer = 1, WrongNumber = 2, Declined = 3);
coded!(Ground, ground_of, Mistaken: Mistaken = 0, Malicious = 1);
coded!(Level, level_of, Town: Grid = 0, Branch = 1, Community = 2, Town = 3);
coded!(Watched, watched_of, Burst: Burst = 0, Unreasonable = 1, Appeal = 2);
coded!(Opinion, opinion_of, Reserved: Supports = 0, Reserved = 1, Opposes = 2);
coded!(TimelineStream, stream_of, Request: Request = 0, Review = 1, Unit = 2);

/// Written only: what a light shows now is worked out when somebody asks.
impl Coded for Light {
    fn code(self) -> i64 {
        match self {
            Self::Green => 0,
            Self::Yellow => 1,
            Self::Red => 2,
        }
    }
}
