//! The documentation of the core, written for Rust, in the words of another language.

/// Rewrites what stands in documentation comments; code stays as it is.
pub fn in_language(language: &str, text: &str) -> String {
    let error = if language == "kotlin" { "KinweaveException" } else { "KinweaveError" };
    let mut told = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        let is_doc = start.starts_with("* ") || start.starts_with("/// ");
        match is_doc {
            // Where a link leads is said in a line of its own, which other languages don't read.
            true if start.contains("[`") && start.contains("`]: ") => {}
            true => told.push_str(&without_links(line, error)),
            false => told.push_str(line),
        }
    }
    told
}

/// `` [`Error::Gone`] `` and `` [listens](Self::listen) `` become `` `KinweaveError.gone` `` and plain words.
fn without_links(line: &str, error: &str) -> String {
    let mut told = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        told.push_str(before);
        let Some((label, after)) = after.split_once(']') else {
            told.push('[');
            rest = after;
            continue;
        };
        let target = after.strip_prefix('(').and_then(|target| target.split_once(')'));
        match (label.strip_prefix('`').and_then(|label| label.strip_suffix('`')), target) {
            (Some(name), Some((_, after))) => {
                told.push_str(&named(name, error));
                rest = after;
            }
            (Some(name), None) => {
                told.push_str(&named(name, error));
                rest = after;
            }
            (None, Some((target, after))) if target.contains("::") => {
                told.push_str(label);
                rest = after;
            }
            (None, _) => {
                told.push_str(&format!("[{label}]"));
                rest = after;
            }
        }
    }
    told + rest
}

fn named(name: &str, error: &str) -> String {
    let path = name.trim_start_matches("Self::").replace("Kinweave::", "");
    let path = match path.strip_prefix("Error::") {
        Some(variant) if error == "KinweaveError" => format!("{error}.{}", lower_first(variant)),
        Some(variant) => format!("{error}.{variant}"),
        None => path.split("::").map(camel).collect::<Vec<_>>().join("."),
    };
    format!("`{path}`")
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// `stop_listening` as `stopListening`; names of types and of kinds in capitals stay.
fn camel(name: &str) -> String {
    if name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    let capital =
        |part: &str| part.chars().next().map(|c| c.to_uppercase().collect::<String>() + &part[c.len_utf8()..]);
    first + &parts.filter_map(capital).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::in_language;

    #[test]
    fn links_become_names_of_the_language() {
        let line =
            "     * [`Error::NotPaired`] after [`stop_listening`](Self::stop_listening), [seen](Self::nearby) [1]\n";
        assert_eq!(
            in_language("kotlin", line),
            "     * `KinweaveException.NotPaired` after `stopListening`, seen [1]\n"
        );
        assert_eq!(
            in_language("swift", "/// [`Error::Gone`]\nlet a = b[c]\n"),
            "/// `KinweaveError.gone`\nlet a = b[c]\n"
        );
        assert_eq!(in_language("kotlin", "     * [`meet_over`]: Self::meet_over\n"), "");
    }
}
