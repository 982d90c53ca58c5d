import DemoFamily
import Foundation
import KinweaveKit

/// Who is here, their phones, and this one.
extension CoreFamily {
    public func people() async throws(FamilyError) -> People {
        try await asking {
            let circle = Circle(try await home.circle())
            let names = try await whoIsHere().names
            let devices = try await home.devices()
            let near = Set(try await home.nearby().map(\.device))
            let phones = try await home.status().map { peer in
                Phone(
                    id: peer.device.text,
                    who: names[peer.member] ?? "",
                    name: devices.first { $0.device == peer.device }?.nickname,
                    isNear: near.contains(peer.device),
                    line: standing(peer))
            }
            let hasSecondCopy = try await home.secondCopy() != nil
            return People(circle: circle, phones: phones.sorted { $0.who < $1.who }, hasSecondCopy: hasSecondCopy)
        }
    }

    public func goOnHere() async throws(FamilyError) {
        try await asking { _ = try await home.comeBackAsNewDevice() }
    }

    public func meetNow() async throws(FamilyError) -> Int {
        try await asking {
            let near = try await home.findNearby(device: nil, patienceMs: Self.patienceMs)
            for phone in near { _ = try await home.meet(device: phone.device, address: phone.address) }
            return near.count
        }
    }

    public func invite(_ who: Newcomer) async throws(FamilyError) -> any DemoFamily.Pairing {
        try await asking {
            let invitation: Invitation =
                switch who {
                case .member: .newMember(role: .member, guardian: nil)
                case .youngMember:
                    .newMember(role: .youngMember(.from13To17), guardian: try await home.circle().me)
                case .myOwnPhone: .ownDevice
                }
            return CorePairing(try await home.invite(invitation: invitation, listenOn: listeningPlace))
        }
    }

    public func join(code: String, myName: String) async throws(FamilyError) -> any DemoFamily.Pairing {
        try await asking {
            let code = code.trimmingCharacters(in: .whitespacesAndNewlines)
            return CorePairing(try await home.join(code: code, displayName: myName))
        }
    }

    public func settings() async throws(FamilyError) -> Settings {
        try await asking {
            let (names, use) = (try await whoIsHere().names, try await home.storage())
            let devices = try await home.devices().map { device in
                DemoFamily.Device(
                    id: device.device.text, who: names[device.member] ?? "", name: device.nickname,
                    isThis: device.isThis)
            }
            return Settings(
                devices: devices, usedBytes: Int64(clamping: use.databaseBytes),
                trashBytes: Int64(clamping: use.trashBytes), version: try parts().kinweave)
        }
    }

    /// What is truly known of another phone.
    private func standing(_ peer: PeerStatus) -> String {
        guard let comparedAtMs = peer.comparedAtMs else { return speech.say("sync.not_seen_yet") }
        let ahead = peer.audiences.reduce(0) { $0 + $1.ahead }
        if ahead > 0 { return speech.counted("sync.on_their_way", ahead) }
        let on = CivilDate(Date(timeIntervalSince1970: TimeInterval(comparedAtMs) / 1_000), in: zone)
        return speech.say("sync.up_to_date", ["date": speech.text(on)])
    }

    /// How long phones that are near may take to answer.
    private static let patienceMs: UInt64 = 4_000
}
