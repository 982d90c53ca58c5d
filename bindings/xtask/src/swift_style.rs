//! What UniFFI writes in Swift, as a Swift developer would have written it.

use std::collections::BTreeMap;

/// Answers that say what was done, which whoever asked for it may know already.
const DISCARDABLE: [&str; 2] = ["Record", "Meeting"];

/// The names that the core has for types of Swift's own: `public typealias Members = Set<MemberId>`.
pub fn aliases(text: &str) -> BTreeMap<String, String> {
    text.lines().filter_map(alias).map(|(name, target)| (name.to_owned(), target.to_owned())).collect()
}

fn alias(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("public typealias ")?.split_once(" = ")
}

/// Rewrites one generated file. `aliases` are those of all files.
pub fn natural(text: &str, aliases: &BTreeMap<String, String>) -> String {
    let mut told = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        // In signatures the type itself says more; its other name would only be in the way.
        if alias(line).is_some() {
            continue;
        }
        let is_prose = line.trim_start().starts_with("* ");
        let line = if is_prose { line.to_owned() } else { without_aliases(line, aliases) };
        if is_discardable(&line) {
            told.push_str("@discardableResult\n");
        }
        match line.strip_suffix(": Equatable, Hashable {") {
            Some(start) if start.starts_with("public enum ") && is_plain(text, at) => {
                told.push_str(&format!("{start}: CaseIterable, Hashable {{"));
            }
            _ => told.push_str(&line),
        }
        told.push('\n');
    }
    in_lower_case(&told)
}

fn without_aliases(line: &str, aliases: &BTreeMap<String, String>) -> String {
    let mut told = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(is_in_name) {
        let length = rest[start..].find(|letter| !is_in_name(letter)).unwrap_or(rest.len() - start);
        let name = &rest[start..start + length];
        told.push_str(&rest[..start]);
        told.push_str(aliases.get(name).map_or(name, String::as_str));
        rest = &rest[start + length..];
    }
    told + rest
}

fn is_in_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn is_discardable(line: &str) -> bool {
    line.starts_with("open func ")
        && line.split_once("-> ").is_some_and(|(_, answer)| DISCARDABLE.contains(&answer.trim_end_matches(['{', ' '])))
}

/// Whether the enum that begins in this line has no case with a value.
fn is_plain(text: &str, at: usize) -> bool {
    let body = text.lines().skip(at + 1).take_while(|line| *line != "}");
    !body.map(str::trim_start).any(|line| line.starts_with("case ") && line.contains('('))
}

/// UniFFI writes the cases of an error in capitals, as no Swift developer does.
fn in_lower_case(text: &str) -> String {
    let (start, end) = ("enum KinweaveError: ", "public func FfiConverterTypeKinweaveError_lift");
    let Some((before, rest)) = text.split_once(start) else { return text.to_owned() };
    let Some((error, after)) = rest.split_once(end) else { return text.to_owned() };
    let mut error = error.to_owned();
    let declared = error.clone();
    for name in declared.lines().filter_map(|line| line.strip_prefix("    case ")) {
        let name: String = name.chars().take_while(|letter| letter.is_alphanumeric()).collect();
        let Some(first) = name.chars().next().filter(|first| first.is_uppercase()) else { continue };
        let lower = name.replacen(first, &first.to_lowercase().to_string(), 1);
        let lower = if lower == "internal" { format!("`{lower}`") } else { lower };
        for place in ["    case ", "return .", "case .", "let ."] {
            error = error.replace(&format!("{place}{name}"), &format!("{place}{lower}"));
        }
    }
    [before, start, &error, end, after].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERATED: &str = "\
public typealias Members = Set<MemberId>
/**
 * Members who may read it.
 */
public enum Weekday: Equatable, Hashable {
    case monday
}
public enum Chosen: Equatable, Hashable {
    case some(
        members: Members
    )
}
open func edit(id: RecordId)async throws  -> Record  {
open func list(query: ListQuery)async throws  -> Page  {
";

    #[test]
    fn generated_swift_reads_like_swift() {
        let natural = natural(GENERATED, &aliases(GENERATED));
        let expected = "\
/**
 * Members who may read it.
 */
public enum Weekday: CaseIterable, Hashable {
    case monday
}
public enum Chosen: Equatable, Hashable {
    case some(
        members: Set<MemberId>
    )
}
@discardableResult
open func edit(id: RecordId)async throws  -> Record  {
open func list(query: ListQuery)async throws  -> Page  {
";
        assert_eq!(natural, expected);
    }

    #[test]
    fn errors_are_in_lower_case() {
        let error = "enum KinweaveError: Error {\n    case Gone\n    case Internal(\n}\nreturn .Gone\n\
                     public func FfiConverterTypeKinweaveError_lift\n";
        let natural = natural(error, &BTreeMap::new());
        assert!(natural.contains("    case gone\n    case `internal`(\n}\nreturn .gone\n"), "{natural}");
    }
}
