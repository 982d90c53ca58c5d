//! The help: the definitions of the commands, with the words of whoever reads. Commands are grouped by what they are for.

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::Cli;
use crate::layout;
use crate::screen;
use crate::version;
use crate::words::{Language, say};

/// What the commands are for, in the order in which a new user needs them.
pub const GROUPS: [(&str, &[&str]); 7] = [
    ("begin", &["create", "join", "invite", "who", "waiting", "approve"]),
    ("daily", &["today", "seen", "check-in", "mood", "journal", "watch"]),
    ("recovery", &["days", "timeline", "milestones", "keep", "setback", "card", "naloxone"]),
    (
        "together",
        &[
            "promise",
            "encourage",
            "react",
            "celebrate",
            "celebrations",
            "celebrated",
            "celebration",
            "rsvp",
            "share",
            "copies",
            "narrow",
        ],
    ),
    (
        "records",
        &["search", "list", "show", "history", "edit", "resolve", "add", "erase", "trash", "restore", "forget"],
    ),
    ("phones", &["meet", "listen", "nearby", "status", "held", "devices"]),
    ("home", &["passphrase", "storage", "hold", "check", "salvage", "dump", "shell", "completions", "demo", "help"]),
];

/// All commands, with the words of this thread's language.
pub fn command() -> Command {
    let command = Cli::command()
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true))
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version))
        .long_version(version::lines());
    let width = screen::current().width.unwrap_or(layout::WIDTH_USUAL);
    let mut command = worded(command, "help", width);
    if screen::current().language != Language::En {
        command.build();
        command = with_usage(command);
    }
    command
}

/// The line of usage is clap's own, but for the one English word in it.
fn with_usage(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.split_once(": ").map_or("", |(_, usage)| usage);
    let usage = usage.replace("[OPTIONS]", &say("help.value.options", &[]));
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    command = command.override_usage(usage);
    for name in names {
        command = command.mut_subcommand(name, with_usage);
    }
    command
}

fn worded(command: Command, key: &str, width: usize) -> Command {
    let is_top = key == "help";
    let template = if is_top { top_template(&command, width) } else { template() };
    let subcommands: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let mut order = 0;
    let mut command = command
        .about(say(&format!("{key}.does"), &[]))
        .help_template(template)
        .subcommand_value_name(say("help.value.command", &[]))
        .subcommand_help_heading(say("help.heading.commands", &[]))
        .term_width(width)
        .mut_args(|arg| {
            order += 1;
            worded_arg(arg, key).display_order(order)
        });
    for name in subcommands {
        let key = format!("{key}.{name}");
        command = command.mut_subcommand(name, |command| worded(command, &key, width));
    }
    command
}

fn worded_arg(arg: Arg, key: &str) -> Arg {
    let id = arg.get_id().to_string();
    let everywhere = arg.is_global_set() || id == "version";
    let mut text = say(&help_key(key, &arg), &[]);
    let values: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if arg.get_action().takes_values() && !values.is_empty() {
        text = say("help.one_of", &[("text", &text), ("values", &values.join(", "))]);
    }
    let heading = match (everywhere, arg.is_positional()) {
        (true, _) => "help.heading.everywhere",
        (false, true) => "help.heading.arguments",
        (false, false) => "help.heading.options",
    };
    let takes_values = arg.get_action().takes_values();
    let arg = arg.help(text).help_heading(say(heading, &[])).hide_possible_values(true).hide_default_value(true);
    if takes_values { arg.value_name(say(&format!("help.value.{id}"), &[])) } else { arg }
}

/// Where the words for an argument are.
pub fn help_key(command: &str, arg: &Arg) -> String {
    let everywhere = arg.is_global_set() || arg.get_id() == "version";
    format!("{}.{}", if everywhere { "help.everywhere" } else { command }, arg.get_id())
}

fn template() -> String {
    format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}", say("help.heading.usage", &[]))
}

/// Nobody reads sixty commands in one list: each stands with those that serve the same purpose.
fn top_template(command: &Command, width: usize) -> String {
    let mut text = format!("{{about}}\n\n{}: kinweave {}\n", say("help.heading.usage", &[]), say("help.usage", &[]));
    let widest = command.get_subcommands().filter(|command| !command.is_hide_set());
    let widest = widest.map(|command| command.get_name().len()).max().unwrap_or(0);
    for (group, names) in GROUPS {
        text.push_str(&format!("\n{}:\n", say(&format!("help.group.{group}"), &[])));
        for name in names {
            let first = format!("  {name:<widest$}  ");
            let about = say(&format!("help.{name}.does"), &[]);
            text.push_str(&layout::hanging(&first, &about, width));
            text.push('\n');
        }
    }
    text.push_str(&format!("\n{}:\n{{options}}\n\n", say("help.heading.everywhere", &[])));
    text.push_str(&layout::wrapped(&say("help.after", &[]), width));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::Screen;
    use std::collections::BTreeSet;

    fn every(command: &Command, path: &str, see: &mut impl FnMut(&Command, &str)) {
        see(command, path);
        for sub in command.get_subcommands() {
            every(sub, &format!("{path}.{}", sub.get_name()), see);
        }
    }

    #[test]
    fn every_command_and_argument_has_words_in_both_languages() {
        for language in [Language::En, Language::Es] {
            screen::set(Screen { language, width: Some(80) });
            let mut missing = BTreeSet::new();
            every(&command(), "help", &mut |command, path| {
                if !command.is_hide_set() {
                    missing.extend(unworded(&format!("{path}.does"), command.get_about().map(ToString::to_string)));
                }
                for arg in command.get_arguments().filter(|arg| !arg.is_hide_set() && !command.is_hide_set()) {
                    missing.extend(unworded(&help_key(path, arg), arg.get_help().map(ToString::to_string)));
                    for name in arg.get_value_names().into_iter().flatten() {
                        missing.extend(unworded("help.value", Some(name.to_string())));
                    }
                }
            });
            assert!(missing.is_empty(), "{language:?}: {missing:#?}");
        }
        screen::set(Screen::default());
    }

    /// A key without words shows itself.
    fn unworded(key: &str, text: Option<String>) -> Option<String> {
        let text = text.unwrap_or_default();
        let missing = text.is_empty() || text.contains(&format!("{key}.")) || text.starts_with(key);
        missing.then(|| if text.is_empty() { key.to_owned() } else { text })
    }

    #[test]
    fn every_command_is_in_one_group_and_every_group_names_commands() {
        let command = Cli::command();
        let known: BTreeSet<_> =
            command.get_subcommands().filter(|command| !command.is_hide_set()).map(Command::get_name).collect();
        let mut grouped = BTreeSet::new();
        for name in GROUPS.iter().flat_map(|(_, names)| *names) {
            assert!(grouped.insert(*name), "{name} stands twice");
        }
        assert_eq!(grouped, known);
    }

    #[test]
    fn the_help_fits_narrow_and_wide_screens() {
        for language in [Language::En, Language::Es] {
            for width in [40, 80, 120] {
                screen::set(Screen { language, width: Some(width) });
                let usage = format!("{}:", say("help.heading.usage", &[]));
                every(&command(), "kinweave", &mut |command, path| {
                    let text = command.clone().render_help().to_string();
                    // Usage is a line to type: it is never broken.
                    for line in text.lines().filter(|line| !line.starts_with(&usage)) {
                        assert!(layout::columns(line) <= width, "{path} at {width}: {line}");
                    }
                });
            }
        }
        screen::set(Screen::default());
    }
}
