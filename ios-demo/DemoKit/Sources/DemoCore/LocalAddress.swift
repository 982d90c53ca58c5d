#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where a phone on the same network can reach this one; itself alone where there is no network.
public func localAddress() -> String {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return "127.0.0.1" }
    defer { freeifaddrs(first) }
    for link in sequence(first: first, next: { $0?.pointee.ifa_next }) {
        guard let link = link?.pointee, let address = link.ifa_addr, address.pointee.sa_family == AF_INET,
            Int32(link.ifa_flags) & Int32(IFF_LOOPBACK) == 0, isWireless(String(cString: link.ifa_name))
        else { continue }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let answer = getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        if answer == 0 { return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) }
    }
    return "127.0.0.1"
}

/// Wi-Fi and cable are `en…` on Apple's; the mobile network, where no other phone can call, is `pdp_ip…`.
private func isWireless(_ name: String) -> Bool {
    #if canImport(Darwin)
        name.hasPrefix("en")
    #else
        true
    #endif
}
