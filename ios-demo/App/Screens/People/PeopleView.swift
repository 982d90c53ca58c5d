import DemoFamily
import DemoScreens
import SwiftUI

/// Who is here, and what is truly known of each phone.
struct PeopleView: View {
    @State private var model: PeopleModel

    init(family: any Family) { _model = State(initialValue: PeopleModel(family)) }

    var body: some View {
        List {
            Told(model.deeds.problem)
            Shown(model.latest.state) { people in
                if people.hasSecondCopy {
                    Section {
                        Text("second_copy")
                        MainButton("go_on_here") { model.goOnHere() }
                            .disabled(model.deeds.isWorking)
                    }
                }
                Section {
                    Text(verbatim: people.circle.name).font(.title2)
                    ForEach(people.circle.people) { PersonRow(person: $0) }
                }
                Section {
                    MainButton(model.deeds.isWorking ? "meeting" : "meet_now") { model.meetNow() }
                        .disabled(model.deeds.isWorking)
                    if let met = model.met {
                        if met == 0 { Quiet("met_nobody") } else { Quiet("met \(met)") }
                    }
                }
                Section { NavigationLink("invite", value: Place.invite) }
                if !people.phones.isEmpty {
                    Section("phones") { ForEach(people.phones) { PhoneRow(phone: $0) } }
                }
                Section { NavigationLink("settings", value: Place.settings) }
            }
        }
        .navigationTitle("people")
        .task { await model.latest.follow() }
    }
}

private struct PersonRow: View {
    let person: Person

    var body: some View {
        if person.isMe {
            Text("person_me \(person.name)")
        } else if person.isYoung {
            Text("person_young \(person.name)")
        } else {
            Text(verbatim: person.name)
        }
    }
}

private struct PhoneRow: View {
    let phone: Phone

    var body: some View {
        Panel {
            if let name = phone.name {
                Text("beside \(phone.who) \(name)")
            } else {
                Text(verbatim: phone.who)
            }
            Quiet(Text(verbatim: phone.line))
            if phone.isNear { Quiet("near") }
        }
    }
}
