use kinweave_core::model::Role;
use kinweave_tests::phone::{Phone, new_york};
#[test]
fn dbg() {
    let start = new_york("2026-01-20T10:00");
    let [mut m1, mut l1, t1] = [1, 2, 3].map(|seed| Phone::new(seed, start));
    m1.home.create_circle("Reyes", "Marta").unwrap();
    m1.invite(&l1, "Lena", Role::Member, None);
    println!("{:?}", l1.home.circle());
    m1.invite(&t1, "Tom", Role::Member, None);
    println!("meet {:?}", m1.meet(&mut l1));
    println!("meet {:?}", m1.meet(&mut l1));
    println!("meet {:?}", l1.meet(&mut m1));
    for p in [&m1, &l1] { for d in p.home.dump().unwrap() { println!("{} {} {:#?}", d.audience.tag, d.audience.id.short(), d.entries);} }
}
