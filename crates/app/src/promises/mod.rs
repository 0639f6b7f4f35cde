//! What the program does by itself: promises that fall due, and reactions that nobody carried out.

mod alarm;
mod draw;
mod follow;
mod keep;
mod match_unit;
mod own_order;
mod pace;

pub(crate) use alarm::Alarm;
pub(crate) use pace::Pace;
