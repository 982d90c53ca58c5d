//! What is said first after a setback. Five lines at the most, in the order in which they matter.

use serde::Serialize;

use super::words::Words;

/// What to say after a setback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SetbackGuidance {
    /// The keys of the phrases, the most pressing first: that the body is less used to it, then where the naloxone is.
    pub phrase_keys: Vec<String>,
    /// Where the naloxone is, if a kit is known here.
    pub naloxone_place: Option<String>,
}

/// The guidance, with the place of the nearest kit if one is known.
pub fn setback_guidance(naloxone_place: Option<String>) -> SetbackGuidance {
    let naloxone = if naloxone_place.is_some() { "setback.naloxone_place" } else { "setback.naloxone_unknown" };
    let phrase_keys = ["setback.tolerance", naloxone, "setback.company", "setback.kindness", "setback.next_step"];
    SetbackGuidance { phrase_keys: phrase_keys.map(str::to_owned).into(), naloxone_place }
}

impl Words {
    /// The guidance, line by line.
    pub fn guidance_lines(&self, guidance: &SetbackGuidance) -> Vec<String> {
        let place = guidance.naloxone_place.as_deref().unwrap_or_default();
        guidance.phrase_keys.iter().filter_map(|key| self.phrase(key, &[("place", place)])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::Language;

    #[test]
    fn the_body_comes_first_and_then_the_naloxone_and_no_line_is_lost() {
        for language in Language::ALL {
            let words = Words::of(*language);
            for place in [None, Some("hall cupboard".to_owned())] {
                let guidance = setback_guidance(place.clone());
                let lines = words.guidance_lines(&guidance);
                assert_eq!(guidance.phrase_keys[0], "setback.tolerance");
                assert_eq!((lines.len(), lines.len() <= 5), (guidance.phrase_keys.len(), true));
                assert_eq!(lines[1].contains("hall cupboard"), place.is_some());
            }
        }
    }
}
