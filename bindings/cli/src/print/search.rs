//! What was found, a line each: whose it is, and the words around what was looked for.

use kinweave_core::app::{SearchHit, SearchPage};

use super::Names;
use super::record::kind_words;
use crate::layout::Table;
use crate::screen;
use crate::words::{date_words, domain, say};

pub fn finds(page: &SearchPage, text: &str, names: &Names) -> String {
    if page.hits.is_empty() {
        return say("search.nothing", &[("text", text)]);
    }
    let mut table = Table::new();
    for SearchHit { record, excerpt } in &page.hits {
        // A preset is found by its own name, and shown as people say it.
        let said = domain(&format!("idea.{excerpt}"), &[]).unwrap_or_else(|| excerpt.clone());
        let mut parts = vec![kind_words(&record.kind), said];
        parts.extend(record.date.map(date_words));
        table.row([record.id.short(), names.of(&record.author), parts.join(" · ")]);
    }
    let mut lines = table.lines(0, screen::current().width);
    lines.extend(page.next.as_ref().map(|next| format!("\n{}", say("record.more", &[("next", next)]))));
    lines.join("\n")
}
