import DemoScreens
import Foundation

#if canImport(LocalAuthentication)
    import LocalAuthentication

    /// Asks by face, finger or code, as the phone is set.
    struct PhoneOwner: OwnerCheck {
        var isSet: Bool { LAContext().canEvaluatePolicy(.deviceOwnerAuthentication, error: nil) }

        func confirm() async -> Bool {
            let reason = String(localized: "app_name")
            return (try? await LAContext().evaluatePolicy(.deviceOwnerAuthentication, localizedReason: reason)) ?? false
        }
    }
#else
    /// There is no lock to ask for.
    struct PhoneOwner: OwnerCheck {
        var isSet: Bool { false }

        func confirm() async -> Bool { false }
    }
#endif
