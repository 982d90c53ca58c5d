//! What can be typed to find words.

use clap::Args;

use super::Day;

#[derive(Args, Debug)]
pub struct Search {
    #[arg(required = true)]
    pub text: Vec<String>,
    #[arg(long)]
    pub kind: Option<String>,
    #[arg(long)]
    pub person: Option<String>,
    #[arg(long)]
    pub from: Option<Day>,
    #[arg(long)]
    pub to: Option<Day>,
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub limit: u32,
    #[arg(long)]
    pub after: Option<String>,
}
