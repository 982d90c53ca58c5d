//! What people see on their phones, drawn from what the phones answer.

use chrono::NaiveDateTime;
use serde_json::Value;

use super::script::{IDS, View};
use crate::print::{list, moment};
use crate::style::Style;
use crate::words::domain;

const WIDTH: usize = 88;

impl View {
    /// The line that asks a phone for it.
    pub fn line(&self) -> &'static str {
        match self {
            Self::People => "who",
            Self::Days => "days",
            Self::Milestones => "milestones",
            Self::Celebrations => "celebrations",
            Self::Notes => "list encouragement",
        }
    }

    /// The answer as lines to read.
    pub fn lines(&self, answer: &Value) -> Vec<String> {
        let lines = match self {
            Self::People => people(answer),
            Self::Days => days(answer),
            Self::Milestones => each(answer, milestone),
            Self::Celebrations => each(answer, celebration),
            Self::Notes => each(&answer["records"], note),
        };
        if lines.is_empty() { vec!["nothing".to_owned()] } else { lines }
    }
}

fn each(list: &Value, lines: impl Fn(&Value) -> Vec<String>) -> Vec<String> {
    list.as_array().into_iter().flatten().flat_map(lines).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn people(circle: &Value) -> Vec<String> {
    let person = |person: &Value| {
        let role = match &person["role"] {
            Value::Object(_) => format!(" (young member, guardian {})", text(&person["guardian"])),
            _ => String::new(),
        };
        format!("{}{role}", text(&person["name"]))
    };
    let names: Vec<_> = circle["people"].as_array().into_iter().flatten().map(person).collect();
    vec![format!("the circle {}: {}", text(&circle["name"]), list(&names))]
}

fn days(days: &Value) -> Vec<String> {
    let first = text(&days["first_start_on"]);
    vec![format!("{} days in all, first day {}", days["total"], moment(first))]
}

fn milestone(milestone: &Value) -> Vec<String> {
    let state = match text(&milestone["state"]) {
        "prompted" => "new",
        "kept" => "noted for yourself",
        other => other,
    };
    let mut lines =
        vec![format!("{} · {} · {state}", text(&milestone["title"]), moment(text(&milestone["reached_on"])))];
    lines.extend(milestone["prompt"].as_str().map(|prompt| format!("    {prompt}")));
    lines
}

fn celebration(view: &Value) -> Vec<String> {
    let record = &view["celebration"];
    let idea = text(&record["body"]["idea"]);
    let words = domain(&format!("idea.{idea}"), &[]).unwrap_or_else(|| idea.to_owned());
    let mut lines = vec![format!("{words}, proposed by {} · {}", text(&record["author"]), text(&view["state"]))];
    lines.extend(field(record, "at", "when"));
    lines.extend(field(record, "place", "where"));
    let said = |answer: &Value| format!("{} {}", text(&answer["member"]), text(&answer["answer"]));
    let answers: Vec<_> = view["answers"].as_array().into_iter().flatten().map(said).collect();
    if !answers.is_empty() {
        lines.push(format!("    who     {}", answers.join(" · ")));
    }
    lines
}

/// A field's value, or what its writers each wrote.
fn field(record: &Value, name: &str, label: &str) -> Option<String> {
    let conflicts = record["conflicts"].as_array().into_iter().flatten();
    let values = match conflicts.into_iter().find(|conflict| conflict["field"] == name) {
        Some(conflict) => {
            let one = |candidate: &Value| format!("{} ({})", text(&candidate["value"]), text(&candidate["member"]));
            let both: Vec<_> = conflict["candidates"].as_array().into_iter().flatten().map(one).collect();
            both.join("  or  ")
        }
        None => moment(record["body"][name].as_str()?),
    };
    Some(format!("    {label:<7} {values}"))
}

fn note(record: &Value) -> Vec<String> {
    let body = &record["body"];
    let to: Vec<_> = body["to"].as_array().into_iter().flatten().map(|name| text(name).to_owned()).collect();
    vec![
        format!("{} to {}, open from {}", text(&record["author"]), list(&to), moment(text(&body["open_on"]))),
        format!("    {}", text(&body["text"])),
    ]
}

/// The heading of a moment.
pub fn heading(now: &str, title: &str, style: Style) -> String {
    let when = NaiveDateTime::parse_from_str(now, "%Y-%m-%dT%H:%M")
        .map_or_else(|_| now.to_owned(), |time| time.format("%A %-d %B %Y, %H:%M").to_string());
    let rule = "─".repeat(WIDTH.saturating_sub(when.chars().count() + 4));
    format!("\n{} {} {}\n{title}\n", style.dim("──"), style.bold(&when), style.dim(&rule))
}

/// What somebody types.
pub fn typed(who: &str, line: &str, style: Style) -> String {
    let named = IDS.iter().fold(line.to_owned(), |line, (id, ..)| line.replace(&format!("{{{id}}}"), id));
    format!("  {who:<6}{} {named}", style.dim("›"))
}

/// A meeting of two phones.
pub fn meeting(dials: &str, answers: &str, meeting: &Value) -> String {
    let number = |name: &str| meeting[name].as_u64().unwrap_or_default();
    format!(
        "  {:<18}{:>7} bytes out {:>7} bytes in {:>5} ms",
        format!("{dials} ⇄ {answers}"),
        grouped(number("bytes_sent")),
        grouped(number("bytes_received")),
        number("duration_ms")
    )
}

/// What these people see.
pub fn seen(who: &[&str], lines: &[String], style: Style) -> String {
    let names: Vec<_> = who.iter().map(|name| (*name).to_owned()).collect();
    let verb = if names.len() == 1 { "sees" } else { "see" };
    let body: String = lines.iter().map(|line| format!("\n    {} {line}", style.dim("│"))).collect();
    format!("  {} {verb}{body}", style.bold(&list(&names)))
}

/// 12345 as "12,345".
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn two_places_are_shown_with_their_writers() {
        let view = json!([{
            "celebration": {
                "author": "Dani",
                "body": { "idea": "family_dinner_outing", "place": "Luigi's" },
                "conflicts": [{ "field": "place", "candidates": [
                    { "value": "Luigi's", "member": "Marta" }, { "value": "Nonna's kitchen", "member": "Lena" },
                ]}],
            },
            "state": "idea",
            "answers": [{ "member": "Iris", "answer": "yes" }],
        }]);
        let lines = View::Celebrations.lines(&view);
        assert_eq!(lines[0], "Family dinner out, proposed by Dani · idea");
        assert!(lines[1].ends_with("Luigi's (Marta)  or  Nonna's kitchen (Lena)"), "{lines:?}");
        assert!(lines[2].ends_with("Iris yes"), "{lines:?}");
        assert_eq!(View::Notes.lines(&json!({ "records": [] })), ["nothing"]);
    }

    #[test]
    fn big_numbers_are_grouped() {
        assert_eq!([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
