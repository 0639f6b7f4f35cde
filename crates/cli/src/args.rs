//! The command line. Each command's own flags are in its file under `commands/`.

use clap::{Parser, Subcommand};

use crate::commands::{
    backup, calendar, callbacks, check, community, explain, export, import, key, log, notices, policy, restore, sample,
    serve, token, user, views,
};

/// 三单 sandan: residents order (点单), the committee dispatches (派单), residents review (评单).
#[derive(Parser, Debug)]
#[command(name = "sandan", version, arg_required_else_help = true, max_term_width = 110)]
#[command(after_help = "Start with:\n  sandan serve --demo     a demonstration on http://127.0.0.1:8080\n  \
                        sandan serve            the real thing, data in ./sandan-data")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Run the whole product
    Serve(serve::Args),
    /// File requests from a .csv or .xlsx file
    Import(import::Args),
    /// Write the ledger, the events, the rates or a digest to a file
    Export(export::Args),
    /// Bearer tokens of programs and devices
    #[command(subcommand)]
    Token(token::Command),
    /// Accounts of the staff
    #[command(subcommand)]
    User(user::Command),
    /// Communities
    #[command(subcommand)]
    Community(community::Command),
    /// Time policies: limits, classes, office hours
    #[command(subcommand)]
    Policy(policy::Command),
    /// Calendars: holidays and make-up days
    #[command(subcommand)]
    Calendar(calendar::Command),
    /// Draw a published sample of call-backs again
    #[command(subcommand)]
    Callbacks(callbacks::Command),
    /// Say why a request is due when it is
    Explain(explain::Args),
    /// The master key
    #[command(subcommand)]
    Key(key::Command),
    /// The log: check it, measure it, follow it, move it
    #[command(subcommand)]
    Log(log::Command),
    /// Notices by mail and webhooks: what waits, what failed, and who is told
    #[command(subcommand)]
    Notices(notices::Command),
    /// The read models: where they stand, build them anew
    #[command(subcommand)]
    Views(views::Command),
    /// Take a verified copy of everything
    Backup(backup::Args),
    /// Bring a backup back into an empty data folder
    Restore(restore::Args),
    /// Write files to try the import with
    Sample(sample::Args),
    /// Say what is wrong and how to mend it
    Check(check::Args),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn leaves(command: &clap::Command, path: &str, visit: &mut impl FnMut(&str, &clap::Command)) {
        let mut subcommands = command.get_subcommands().peekable();
        if subcommands.peek().is_none() {
            visit(path, command);
        }
        for subcommand in subcommands {
            leaves(subcommand, &format!("{path} {}", subcommand.get_name()), visit);
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_shows_an_example_and_takes_the_common_settings() {
        leaves(&Cli::command(), "sandan", &mut |path, command| {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains(path), "{path} --help has no example");
            for flag in ["data", "database", "nats", "json"] {
                assert!(command.get_arguments().any(|arg| arg.get_id() == flag), "{path} does not take --{flag}");
            }
        });
    }
}
