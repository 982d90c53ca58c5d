use kinweave_core::app::NewRecord;
use kinweave_core::model::Role;
use kinweave_core::model::kinds::Encouragement;
use kinweave_tests::chance::Chance;
use kinweave_tests::pages_of::pages_of;
use kinweave_tests::phone::{Phone, new_york};

#[test]
fn probe() {
    let mut chance = Chance::of_today();
    let [mut marta, mut lena] = [1, 2].map(|seed| Phone::new(seed, new_york("2026-02-14T10:00")));
    marta.home.create_circle("R", "Marta").unwrap();
    marta.invite(&lena, "Lena", Role::Member, None);
    let mut all = Vec::new();
    let mut gone = Vec::new();
    for n in 0..1200 {
        let old = if all.len() > 10 { Some(chance.below(all.len())) } else { None };
        match (chance.below(3), old) {
            (1, Some(at)) => { let (word, id) = all.swap_remove(at); marta.edit(&marta.home.get(id).unwrap(), &[("text", &chance.word(5))]); gone.push((word, None)); }
            (2, Some(at)) => { let (word, id) = all.swap_remove(at); marta.home.erase(id).unwrap(); gone.push((word, Some(id))); }
            _ => {
        let word = chance.word(16);
        let text = format!("{} ", word).repeat(1 + n % 20);
        let note = Encouragement { to: [lena.me()].into(), text: text.trim().to_owned().chars().take(270).collect(), encouragement_kind: Default::default(), open_on: None, link: None };
        let r = marta.home.add(NewRecord::new(note)).unwrap();
        all.push((word, r.id));
            }
        }
        if n % 100 == 99 { marta.meet(&mut lena); }
    }
    marta.meet(&mut lena);
    let t = std::time::Instant::now();
    println!("meet {:?}", t.elapsed());
    for close in [false, true] {
        if close { marta.home.empty_trash().unwrap(); marta.home.close().unwrap(); lena.home.close().unwrap(); println!("close {:?}", t.elapsed()); } else { marta.home.pause().unwrap(); lena.home.pause().unwrap(); }
    for phone in [&marta, &lena] {
        let pages = pages_of(&phone.directory, &phone.key);
        let (mut w, mut i, mut r) = (0, 0, 0);
        for (word, id) in &gone {
            let c = pages.iter().filter(|p| p.holds(word.as_bytes())).count();
            if let Some(id) = id { w += c; i += pages.iter().filter(|p| p.holds(id.as_bytes()) || p.holds(id.to_string().as_bytes())).count(); } else { r += c; }
        }
        let kept = all.iter().filter(|(w, _)| pages.iter().any(|p| p.holds(w.as_bytes()))).count();
        println!("{} pages, erased words {w}, replaced {r}, ids {i} of {}, kept found {kept} of {}", pages.len(), gone.len(), all.len());
    }
        if !close { marta.home.resume(&marta.key).unwrap(); lena.home.resume(&lena.key).unwrap(); }
    }
}
