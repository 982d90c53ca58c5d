//! The apps' screens as pictures, and whether what is drawn fits.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::Outcome;
use crate::toolchains::{self, Swift};
use crate::{android, bindings, ios, root};

/// How large a phone is that the stand-in draws, in CSS pixels.
const PHONE: &str = "390,844";

/// Draws every screen of both apps anew into `target/screens`, from real homes.
pub fn draw() -> Result<(), String> {
    let browser = toolchains::browser()?;
    android::draw()?;
    ios::draw(&Swift::find_or_set_up()?)?;
    let to = root().join("target/screens");
    let _ = fs::remove_dir_all(&to);
    let mut count = 0;
    for picture in files(&android::screens(), "png")? {
        let target = beside(&picture, &android::screens(), &to.join("android"))?;
        fs::copy(&picture, &target).map_err(|error| format!("{}: {error}", target.display()))?;
        count += 1;
    }
    for page in files(&ios::screens(), "html")? {
        let picture = beside(&page, &ios::screens(), &to.join("ios"))?.with_extension("png");
        let mut draw = headless(browser);
        draw.arg(format!("--window-size={PHONE}")).arg(format!("--screenshot={}", picture.display())).arg(&page);
        let done = draw.output().map_err(|error| format!("{browser}: {error}"))?;
        if !picture.is_file() {
            return Err(format!("{}: {}", page.display(), String::from_utf8_lossy(&done.stderr)));
        }
        count += 1;
    }
    check(browser)?;
    println!("{count} pictures in {}", to.display());
    Ok(())
}

/// Whether everything that the iOS app's tests have drawn is inside its box.
pub fn test() -> Result<Outcome, String> {
    if !ios::screens().is_dir() {
        return Ok(Outcome::NotRun("the iOS app's screens were not drawn".to_owned()));
    }
    match toolchains::browser() {
        Ok(browser) => check(browser).map(|()| Outcome::Passed),
        Err(why) => Ok(Outcome::NotRun(why)),
    }
}

/// One page that shows all others and measures what is in them.
fn check(browser: &str) -> Result<(), String> {
    let pages = files(&ios::screens(), "html")?;
    let frames: String = pages.iter().map(|page| format!("<iframe src=\"{}\"></iframe>\n", page.display())).collect();
    // Not among those that it shows.
    let page = bindings::target().join("screens.html");
    let text = MEASURING.replace("FRAMES", &frames);
    fs::write(&page, text).map_err(|error| format!("{}: {error}", page.display()))?;
    let mut measure = headless(browser);
    measure.args(["--allow-file-access-from-files", "--virtual-time-budget=20000", "--dump-dom"]).arg(&page);
    let output = measure.output().map_err(|error| format!("{browser}: {error}"))?;
    let _ = fs::remove_file(&page);
    let answer = String::from_utf8_lossy(&output.stdout).into_owned();
    let found =
        answer.split_once("<pre>").and_then(|(_, rest)| rest.split_once("</pre>")).map(|(found, _)| found.trim());
    match found {
        Some(found) if found == format!("measured {}", pages.len()) => {
            println!("{} screens of iOS, everything inside its box", pages.len());
            Ok(())
        }
        Some(found) => Err(format!("wider than its box:\n{found}")),
        None => Err(format!("nothing was measured: {}", String::from_utf8_lossy(&output.stderr))),
    }
}

/// Says of each element that is wider than its box, or beside the phone, whose it is.
const MEASURING: &str = r#"<!doctype html><meta charset=utf-8><style>iframe { width: 390px; height: 844px; }</style>
FRAMES<script>
addEventListener("load", () => {
    const found = [];
    const frames = [...document.querySelectorAll("iframe")];
    for (const frame of frames) {
        const phone = frame.contentDocument.querySelector(".phone");
        const edge = phone.getBoundingClientRect().right + 0.5;
        for (const element of phone.querySelectorAll("*")) {
            const isWide = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
            if (isWide || element.getBoundingClientRect().right > edge) {
                found.push(frame.src.split("/").slice(-2).join("/") + ": ." + element.className + ": " + element.textContent);
            }
        }
    }
    const pre = document.createElement("pre");
    pre.textContent = [...found, "measured " + frames.length].join("\n");
    document.body.replaceChildren(pre);
});
</script>
"#;

fn headless(browser: &str) -> Command {
    let mut command = Command::new(browser);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]);
    command
}

fn files(folder: &Path, end: &str) -> Result<Vec<PathBuf>, String> {
    Ok(bindings::files(folder)?.into_iter().filter(|file| file.extension() == Some(OsStr::new(end))).collect())
}

/// The same place under another folder, which is made.
fn beside(file: &Path, from: &Path, to: &Path) -> Result<PathBuf, String> {
    let target = to.join(file.strip_prefix(from).map_err(|error| error.to_string())?);
    let folder = target.parent().unwrap_or(to);
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(target)
}
