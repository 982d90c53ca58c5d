import DemoFamily
import DemoScreens
import SwiftUI

/// The journal has a lock of its own, besides the phone's. Whoever comes back to the app opens it again.
struct LockedJournalView: View {
    let family: any Family
    @Environment(PhoneLock.self) private var lock

    var body: some View {
        if lock.isJournalOpen {
            JournalView(family: family)
        } else {
            List {
                Section { Text(lock.isSet ? "journal_locked" : "journal_without_lock") }
                if lock.isSet {
                    Section { MainButton("unlock") { Task { await lock.openJournal() } } }
                }
            }
            .navigationTitle("journal")
            .navigationBarTitleDisplayMode(.inline)
        }
    }
}
