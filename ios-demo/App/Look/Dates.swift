import DemoFamily
import SwiftUI

extension Day {
    /// How a day is written in the app.
    static var style: Date.FormatStyle { .dateTime.day().month(.wide).year() }

    /// The day in the language of the screen.
    var text: Text { Text(noon(), format: Self.style) }
}

extension WallTime {
    /// How a day with its hour is written in the app.
    var text: Text { Text(instant(), format: Day.style.hour().minute()) }
}
