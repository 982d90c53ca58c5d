import Foundation
import Robot
import SwiftUI
import Testing

/// Every written colour can be read on what it is written on: 4.5 to 1, as WCAG 2.2 asks.
@Suite @MainActor struct ThemeTests {
    /// The system's own grounds: a grouped page, and a card on it.
    private let grounds: [ColorScheme: [String]] = [.light: ["#F2F2F7", "#FFFFFF"], .dark: ["#000000", "#1C1C1E"]]

    @Test(arguments: ColorScheme.allCases)
    func wordsStandOutFromTheirGround(scheme: ColorScheme) throws {
        let colors = try _colors(Project.app.appendingPathComponent("Assets.xcassets"))
        let color = { (name: String) in try #require(colors[scheme]?[name], "\(name)") }
        var pairs = [(try color("OnAccent"), try color("AccentColor")), (try color("NoticeText"), try color("Notice"))]
        for ground in try #require(grounds[scheme]) {
            pairs += [(try color("Quiet"), ground), (try color("AccentColor"), ground)]
        }
        for (words, ground) in pairs { #expect(contrast(words, ground) >= 4.5, "\(words) on \(ground)") }
    }

    private func contrast(_ one: String, _ other: String) -> Double {
        let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)
    }

    private func luminance(_ hex: String) -> Double {
        let number = Int(hex.dropFirst(), radix: 16) ?? 0
        let parts = [number >> 16, number >> 8 & 0xff, number & 0xff].map { part -> Double in
            let value = Double(part) / 255
            return value <= 0.040_45 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
