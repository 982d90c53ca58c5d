//! Just enough of Markdown to hold a document to its word: commands, links and headings.

/// A link to a place inside the repository.
#[derive(Debug, PartialEq, Eq)]
pub struct Link {
    pub line: usize,
    pub target: String,
}

/// A line and what kind of text it belongs to.
struct Line<'a> {
    number: usize,
    text: &'a str,
    /// The language after the opening fence, if the line stands in a block of code.
    block: Option<&'a str>,
}

/// The arguments to cargo of each `cargo run` line in the `sh` blocks, in order.
///
/// Such a line has to be plain words, since no shell reads it here; and it must not start xtask, which would never end.
pub fn cargo_runs(document: &str) -> Result<Vec<Vec<String>>, String> {
    let mut commands = Vec::new();
    for line in lines(document).filter(|line| line.block == Some("sh")) {
        let command = line.text.split(" #").next().unwrap_or_default().trim();
        let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        if !matches!(words.as_slice(), [cargo, run, ..] if cargo == "cargo" && run == "run") {
            continue;
        }
        if command.contains(|c| "\"'`\\$|&;<>*?(){}~".contains(c)) {
            return Err(format!("line {}: `{command}` is more than plain words", line.number));
        }
        if words.iter().any(|word| word == "xtask" || word.ends_with("=xtask")) {
            return Err(format!("line {}: `{command}` would start this check again", line.number));
        }
        commands.push(words[1..].to_vec());
    }
    Ok(commands)
}

/// Links and pictures, inline or by reference, that do not lead to another site.
pub fn relative_links(document: &str) -> Vec<Link> {
    let mut links = Vec::new();
    for line in lines(document).filter(|line| line.block.is_none()) {
        let text = without_code(line.text);
        let inline = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let reference =
            text.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]:")).map(|(_, rest)| rest);
        for target in inline.chain(reference).filter_map(|target| target.split_whitespace().next()) {
            let target = target.trim_start_matches('<').trim_end_matches('>');
            if !target.contains("://") && !target.starts_with("mailto:") {
                links.push(Link { line: line.number, target: target.to_owned() });
            }
        }
    }
    links
}

/// The names under which the headings of a document can be linked to.
pub fn anchors(document: &str) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    for line in lines(document).filter(|line| line.block.is_none()) {
        let Some(heading) = line.text.starts_with('#').then(|| line.text.trim_start_matches('#')) else { continue };
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let anchor = heading.trim().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-");
        let again = (1..).map(|number| format!("{anchor}-{number}"));
        anchors.extend(std::iter::once(anchor.clone()).chain(again).find(|name| !anchors.contains(name)));
    }
    anchors
}

fn lines(document: &str) -> impl Iterator<Item = Line<'_>> {
    let mut open = None;
    document.lines().enumerate().filter_map(move |(at, text)| {
        match (text.trim_start().strip_prefix("```"), open) {
            (Some(language), None) => open = Some(language.trim()),
            (Some(_), Some(_)) => open = None,
            (None, block) => return Some(Line { number: at + 1, text, block }),
        }
        None
    })
}

/// The line without its `code`, which may look like a link.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cargo_run_lines_of_sh_blocks_are_commands() {
        let readme = "cargo run -- no\n```sh\ncargo xtask test\ncargo run --release -- demo  # looks on\n  cargo run -- x\n```\n\
                      ```rust\ncargo run -- no\n```\n`cargo run -- no`\n";
        assert_eq!(cargo_runs(readme).unwrap(), [vec!["run", "--release", "--", "demo"], vec!["run", "--", "x"]]);
    }

    #[test]
    fn a_command_that_needs_a_shell_is_refused() {
        let why = cargo_runs("text\n```sh\ncargo run -- \"two words\"\n```").unwrap_err();
        assert!(why.starts_with("line 3: "), "{why}");
    }

    #[test]
    fn the_check_never_starts_itself() {
        assert!(cargo_runs("```sh\ncargo run --package xtask -- test\n```").is_err());
        assert!(cargo_runs("```sh\ncargo run --package=xtask -- test\n```").is_err());
        assert_eq!(cargo_runs("```sh\ncargo xtask test\n```").unwrap(), Vec::<Vec<String>>::new());
    }

    #[test]
    fn relative_links_are_found_and_others_left_alone() {
        let text = "[a](core/A.md) ![b](b.png \"title\") [c](https://example.org)\n`[no](no)` [d](#why)\n\n[e]: <e.md>\n```\n[no](no)\n```\n";
        let found: Vec<_> = relative_links(text).into_iter().map(|link| (link.line, link.target)).collect();
        let found: Vec<_> = found.iter().map(|(line, target)| (*line, target.as_str())).collect();
        assert_eq!(found, [(1, "core/A.md"), (1, "b.png"), (2, "#why"), (4, "e.md")]);
    }

    #[test]
    fn headings_are_linked_by_their_words() {
        assert_eq!(
            anchors("# Why: `so`, or no?\n## Why so or no\n```\n# no\n```\n"),
            ["why-so-or-no", "why-so-or-no-1"]
        );
    }
}
