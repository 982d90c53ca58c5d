import Foundation

/// Where one can be, beside the four tabs.
enum Place: Hashable, Codable {
    case create, join
    case checkIn, checkIns
    case promises, newPromise
    case encouragement, newEncouragement
    case celebrations, newCelebration
    case plan(celebration: String)
    case days, setback, journal
    case invite, settings
    case history(record: String)
}

/// The way to a place, which the system keeps as text.
struct Way: RawRepresentable {
    var places: [Place] = []

    init() {}

    init?(rawValue: String) {
        guard let places = try? JSONDecoder().decode([Place].self, from: Data(rawValue.utf8)) else { return nil }
        self.places = places
    }

    var rawValue: String {
        (try? JSONEncoder().encode(places)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
