import DemoFamily
import DemoScreens
import SwiftUI

struct SettingsView: View {
    @State private var model: SettingsModel
    @Environment(Preferences.self) private var preferences

    init(family: any Family) { _model = State(initialValue: SettingsModel(family)) }

    var body: some View {
        @Bindable var preferences = preferences
        List {
            Told(model.deeds.problem)
            Choices("language", AppLanguage.allCases, chosen: $preferences.language) { $0.words }
            Section {
                Toggle("app_lock", isOn: $preferences.isAppLocked)
            } footer: {
                Quiet("app_lock_why")
            }
            Shown(model.latest.state) { settings in
                Section("devices") { ForEach(settings.devices) { DeviceRow(device: $0) } }
                Section("stored_here") {
                    Text("stored_bytes \(settings.usedBytes, format: .byteCount(style: .file))")
                    Quiet("trash_bytes \(settings.trashBytes, format: .byteCount(style: .file))")
                    Quiet("version \(settings.version)")
                }
            }
        }
        .navigationTitle("settings")
        .navigationBarTitleDisplayMode(.inline)
        .task { await model.latest.follow() }
        .onChange(of: preferences.language) { _, language in model.speak(language.rawValue) }
    }
}

private struct DeviceRow: View {
    let device: Device

    var body: some View {
        let name = [device.who, device.name].compactMap { $0 }.joined(separator: " · ")
        if device.isThis { Text("this_phone \(name)") } else { Text(verbatim: name) }
    }
}
