//! One file a command's decision.

mod load;
mod member;
mod register;

use crate::unit::command::Command;
use crate::unit::event::Event;
use crate::unit::rejection::Rejection;
use crate::unit::state::MemberUnit;

pub(super) type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn decide(unit: &MemberUnit, command: Command) -> Decision {
    match (unit, command) {
        (MemberUnit::Absent, Command::Register { community, unit, profile }) => {
            Ok(register::registered(community, unit, profile))
        }
        (MemberUnit::Registered(standing), Command::Register { .. }) => {
            Err(Rejection::RegisteredBefore(standing.unit.clone()))
        }
        (MemberUnit::Absent, _) => Err(Rejection::NotFound),
        (MemberUnit::Registered(_), Command::Revise(profile)) => Ok(register::revised(profile)),
        (MemberUnit::Registered(standing), Command::TakeOn { request, checked }) => {
            load::take_on(standing, request, checked)
        }
        (MemberUnit::Registered(standing), Command::LetGo { request }) => Ok(load::let_go(standing, request)),
        (MemberUnit::Registered(standing), Command::AddMember { person }) => Ok(member::add(standing, person)),
        (MemberUnit::Registered(standing), Command::RemoveMember { person }) => Ok(member::remove(standing, person)),
    }
}
