#if os(Linux)
    import Foundation
    import KinweaveKit
    import Testing

    /// A home that is opened and closed ten thousand times leaves nothing behind.
    @Suite struct CyclesTests {
        private static let cycles = 10_000
        private static let early = 1_000

        /// Memory in pages, and open files.
        private func held() throws -> (pages: Int, files: Int) {
            let statm = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
            let files = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
            return (try #require(Int(statm.split(separator: " ")[1])), files.count)
        }

        @Test func tenThousandTimes() async throws {
            let (folder, keys) = (Folder(), Drawer())
            let first = try await Kinweave.open(directory: folder.url, keyStore: keys)
            _ = try await first.createCircle(circleName: "Reyes", displayName: "Marta")
            try await first.close()
            var early = try held()
            for cycle in 1...Self.cycles {
                let home = try await Kinweave.open(directory: folder.url, keyStore: keys)
                #expect(try await home.circle().name == "Reyes")
                try await home.close()
                if cycle == Self.early { early = try held() }
            }
            let late = try held()
            print("cycles: \(early) then \(late)")
            #expect(late.pages * 100 <= early.pages * 105)
            #expect(late.files * 100 <= early.files * 105)
        }
    }
#endif
