//! What the program does by itself: promises that fall due, and reactions that nobody carried out.

mod follow;
mod keep;
mod own_order;
