//! What wasn't understood, in words of the user's language: what it was, what would fit, and where to read more.

use std::error::Error;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::answer::Failure;
use crate::words::{say, spoken};

/// Help that was asked for comes as a failure too, with exit code 0: its text is the answer.
/// `command` is the one that was typed, as far as it is known, such as `kinweave promise make`.
pub fn failure(error: &clap::Error, command: &str) -> Failure {
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    let text = if asked { error.render().to_string() } else { sentence(error, command) };
    let exit = if asked { 0 } else { 2 };
    let error = serde_json::json!({ "error": "usage", "exit": exit, "text": text.trim_end() });
    Failure { exit, error, text }
}

fn sentence(error: &clap::Error, typed: &str) -> String {
    let arg = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let command = context(error, ContextKind::InvalidSubcommand);
    let prior = context(error, ContextKind::PriorArg);
    let args = [("arg", arg.as_str()), ("value", &value), ("command", &command), ("prior", &prior)];
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => say("usage.unknown_command", &args),
        ErrorKind::UnknownArgument => say("usage.unknown_argument", &args),
        ErrorKind::MissingRequiredArgument => say("usage.missing", &args),
        ErrorKind::MissingSubcommand => say("usage.missing_command", &args),
        ErrorKind::InvalidValue if value.is_empty() => say("usage.no_value", &args),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => say("usage.value", &args),
        ErrorKind::NoEquals => say("usage.no_value", &args),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            say("usage.number_of_values", &args)
        }
        ErrorKind::ArgumentConflict if prior.is_empty() => say("usage.twice", &args),
        ErrorKind::ArgumentConflict => say("usage.conflict", &args),
        ErrorKind::InvalidUtf8 => say("usage.not_utf8", &args),
        _ => say("usage.other", &args),
    };
    let mut lines = vec![what];
    let fitting = fitting(error);
    if !fitting.is_empty() {
        lines.push(say("usage.fitting", &[("values", &fitting)]));
    }
    let meant = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    // The likeliest comes last.
    let likeliest = |kind: &ContextKind| context(error, *kind).rsplit(", ").next().unwrap_or_default().to_owned();
    if let Some(meant) = meant.iter().map(likeliest).find(|meant| !meant.is_empty()) {
        lines.push(say("usage.meant", &[("meant", &meant)]));
    }
    lines.push(say("usage.help", &[("command", typed)]));
    lines.join("\n")
}

/// What would have fitted: the values clap knows, or those that the model names in its own refusal.
fn fitting(error: &clap::Error) -> String {
    let known = context(error, ContextKind::ValidValue);
    if !known.is_empty() {
        return known;
    }
    let refusal = error.source().map(ToString::to_string).unwrap_or_default();
    if refusal == say("ask.date_please", &[]) {
        return refusal;
    }
    let Some((_, expected)) = refusal.split_once("expected") else { return String::new() };
    let names: Vec<_> = expected.split('`').skip(1).step_by(2).map(spoken).collect();
    names.join(", ")
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::args::parse;
    use crate::screen::{self, Screen};
    use crate::words::Language;

    fn refusal(line: &str) -> String {
        parse(&shlex::split(line).unwrap()).unwrap_err().text
    }

    #[test]
    fn a_refusal_names_what_it_was_what_fits_and_where_to_read_on() {
        for (line, parts) in [
            ("tody", &["\"tody\"", "today", "kinweave --help"][..]),
            ("rsvp 0123 perhaps", &["\"perhaps\"", "yes, maybe, no", "kinweave rsvp --help"]),
            ("check-in --bnd good", &["--bnd", "--band", "kinweave check-in --help"]),
            ("create Reyes", &["--as <NAME>", "kinweave create --help"]),
            ("list --limit 0", &["\"0\"", "--limit", "kinweave list --help"]),
            ("promise mak x", &["\"mak\"", "kinweave promise --help"]),
            ("timeline set soon", &["\"soon\"", "kinweave timeline set --help"]),
            ("invite --young 13_17", &["--guardian"]),
            ("completions tcsh", &["bash", "fish"]),
        ] {
            let text = refusal(line);
            for part in parts {
                assert!(text.contains(part), "{line}: {part} is not in\n{text}");
            }
            assert!(!text.contains("error:") && !text.contains(['{', '}']), "{text}");
        }
    }

    #[test]
    fn a_refusal_is_in_the_language_that_the_line_asks_for() {
        let text = refusal("tody --language es");
        assert!(text.contains("No hay") && text.contains("today"), "{text}");
        screen::set(Screen { language: Language::En, width: None });
    }
}
