//! The whole table, to be read and compared.

use super::{Action, may};
use sandan_domain::Role;

/// R: resident, K: kiosk, H: hotline, G: grid worker, D: dispatcher, U: unit, S: supervisor, O: oversight board,
/// A: administrator.
const TABLE: &str = "\
file                 RKHG.....
co-sign              RKHG.....
rate                 RKHG.....
enter-ballot         ..HGD....
call                 ..H.D....
withdraw             RKHG.....
attach               RKHG.U...
volunteer            RKHG.....
draw-token           RKHG.....
register             RKHG.....
triage               ....D....
dispatch             ....D....
rule                 ....D....
run-evaluation       ....D....
run-project          ....D....
give-opinion         ....D....
enter-hours          ...GD....
claim                .....U...
rate-community       .....U...
return               .....U...
progress             .....U...
complete             .....U...
appeal               .....U...
propose-unreasonable .....U...
decide-appeal        ......SO.
decide-unreasonable  ......SO.
sample               ......SO.
verify               ...GDUSO.
propose-honour       ......S..
suspend              ......S..
resume               ......S..
extend               .....US..
close                .......O.
found-community      ........A
add-grid             ........A
register-unit        ........A
revise-unit          ........A
keep-members         ........A
publish-policy       ........A
import               ........A
manage-accounts      ........A
manage-endpoints     ........A
see                  ..HGDUSOA
operate              ........A
";

const ROLES: [(char, Role); 9] = [
    ('R', Role::Resident),
    ('K', Role::Kiosk),
    ('H', Role::Hotline),
    ('G', Role::GridWorker),
    ('D', Role::Dispatcher),
    ('U', Role::Unit),
    ('S', Role::Supervisor),
    ('O', Role::Oversight),
    ('A', Role::Administrator),
];

#[test]
fn the_table_says_who_may_what() {
    let line = |action: &Action| {
        let letters: String =
            ROLES.iter().map(|(letter, role)| if may(*role, *action) { *letter } else { '.' }).collect();
        format!("{:<21}{letters}\n", action.name())
    };
    let table: String = Action::ALL.iter().map(line).collect();
    assert_eq!(table, TABLE, "\n{table}");
}

#[test]
fn the_program_itself_may_everything() {
    assert!(Action::ALL.iter().all(|action| may(Role::System, *action)));
}
