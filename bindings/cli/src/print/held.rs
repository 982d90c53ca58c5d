//! What is kept here and not, or not wholly, shown.

use kinweave_core::app::{Held, SetAside, SetAsideReason};

use super::Names;
use crate::words::say;

/// How much it is; empty where all is shown.
pub fn held(held: &Held) -> String {
    let lines = [
        counted(held.for_a_newer_app, "held.count.for_a_newer_app"),
        counted(held.shown_in_part, "held.count.shown_in_part"),
        counted(held.waiting, "held.count.waiting"),
        counted(held.refused, "held.count.refused"),
    ];
    let lines: Vec<_> = lines.into_iter().flatten().collect();
    if lines.is_empty() { String::new() } else { format!("\n\n{}\n{}", lines.join("\n"), say("held.more", &[])) }
}

/// Whose it is, why it isn't shown, and what can be done.
pub fn set_aside(all: &[SetAside], shown_in_part: u64, names: &Names) -> String {
    let mut blocks: Vec<_> = all.iter().map(|one| block(one, names)).collect();
    blocks.extend(counted(shown_in_part, "held.count.shown_in_part"));
    if blocks.is_empty() { say("held.none", &[]) } else { blocks.join("\n\n") }
}

fn block(one: &SetAside, names: &Names) -> String {
    let name = one.member.map_or_else(|| say("people.someone_new", &[]), |member| names.of(&member));
    let phone = [name, one.device.short(), names.with(&one.audience)].join(" · ");
    let why = counted(one.entries, &format!("held.why.{}", word(one.reason))).unwrap_or_default();
    let mut lines = vec![phone, format!("  {why}")];
    if !one.records.is_empty() {
        let records: Vec<_> = one.records.iter().map(|id| id.short()).collect();
        lines.push(format!("  {}", say("held.records", &[("records", &records.join(", "))])));
    }
    lines.join("\n")
}

fn counted(count: u64, key: &str) -> Option<String> {
    (count > 0).then(|| say(key, &[("count", &count.to_string())]))
}

fn word(reason: SetAsideReason) -> &'static str {
    match reason {
        SetAsideReason::NeedsNewerApp => "needs_newer_app",
        SetAsideReason::Incomplete => "incomplete",
        SetAsideReason::UnknownPhone => "unknown_phone",
        SetAsideReason::RecordFull => "record_full",
        SetAsideReason::SecondCopy => "second_copy",
        SetAsideReason::AgainstRules => "against_rules",
    }
}

#[cfg(test)]
mod tests {
    use kinweave_core::app::AudienceView;
    use kinweave_core::model::audience::AudienceTag;
    use kinweave_core::model::{AudienceId, DeviceKey, RecordId};

    use super::*;

    fn one(reason: SetAsideReason, records: Vec<RecordId>) -> SetAside {
        let audience = AudienceView { id: AudienceId::from_bytes([1; 32]), tag: AudienceTag::Set, members: vec![] };
        let device = DeviceKey::from_bytes([2; 32]);
        SetAside { device, member: None, audience, reason, entries: 2, records, verdict: "any".to_owned() }
    }

    #[test]
    fn it_says_why_and_what_can_be_done() {
        let names = Names::new(None);
        assert_eq!(set_aside(&[], 0, &names), "Everything that came is shown.");
        let all = [
            one(SetAsideReason::NeedsNewerApp, vec![]),
            one(SetAsideReason::RecordFull, vec![RecordId::from_bytes([3; 32])]),
        ];
        let text = set_aside(&all, 1, &names);
        let lines: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
        assert!(lines[0].contains(" · 0202"), "{text}");
        assert_eq!(
            lines[1],
            "  2 changes need a newer app. They are kept and passed on; update kinweave to read them."
        );
        assert_eq!(lines[3], "  2 changes came when their record was full. Go on in a new one.");
        assert!(lines[4].starts_with("  In: 0303"), "{text}");
        assert!(lines[5].starts_with("1 record is shown in part."), "{text}");
        assert!(held(&Held::default()).is_empty());
        assert!(held(&Held { refused: 1, ..Held::default() }).ends_with("`kinweave held`"));
    }

    #[test]
    fn every_reason_has_words() {
        use SetAsideReason::*;
        for reason in [NeedsNewerApp, Incomplete, UnknownPhone, RecordFull, SecondCopy, AgainstRules] {
            for count in [1, 2] {
                let words = counted(count, &format!("held.why.{}", word(reason))).unwrap();
                assert!(words.starts_with(&format!("{count} change")), "{words}");
            }
        }
    }
}
