#if canImport(Network)
    import Foundation
    import Network
    import dnssd

    /// ``NetworkServices`` of Apple's platforms. The app needs `NSBonjourServices` and `NSLocalNetworkUsageDescription`.
    ///
    /// The home listens on a port of its own, which an `NWListener` can't announce: that is why it is announced by dnssd.
    public final class BonjourServices: NetworkServices, @unchecked Sendable {
        private typealias Listener = @Sendable (NetworkServiceEvent) -> Void

        /// Everything below is read and written on it.
        private let queue = DispatchQueue(label: "org.kinweave.bonjour")
        private var registration: DNSServiceRef?
        private var browser: NWBrowser?
        private var monitor: NWPathMonitor?
        private var resolving: [String: NWConnection] = [:]
        private var lastPath: NWPath?

        public init() {}

        deinit {
            if let registration { DNSServiceRefDeallocate(registration) }
            browser?.cancel()
            monitor?.cancel()
            for connection in resolving.values { connection.cancel() }
        }

        public func register(instance: String, type: String, port: UInt16, key: String, value: String) throws {
            let text = NWTXTRecord([key: value]).data
            try queue.sync {
                withdraw()
                var new: DNSServiceRef?
                let code = text.withUnsafeBytes { bytes in
                    DNSServiceRegister(
                        &new, 0, UInt32(kDNSServiceInterfaceIndexAny), instance, type, nil, nil, port.bigEndian,
                        UInt16(clamping: bytes.count), bytes.baseAddress, nil, nil)
                }
                guard code == kDNSServiceErr_NoError, let new else { throw DNSServiceError(code: code) }
                DNSServiceSetDispatchQueue(new, queue)
                registration = new
            }
        }

        public func unregister() throws {
            queue.sync { withdraw() }
        }

        private func withdraw() {
            if let registration { DNSServiceRefDeallocate(registration) }
            registration = nil
        }

        public func browse(type: String, listener: @escaping @Sendable (NetworkServiceEvent) -> Void) throws {
            queue.sync {
                end()
                let browser = NWBrowser(for: .bonjourWithTXTRecord(type: type, domain: nil), using: NWParameters())
                browser.browseResultsChangedHandler = { [weak self] _, changes in
                    for change in changes { self?.tell(change, to: listener) }
                }
                browser.start(queue: queue)
                self.browser = browser
                let monitor = NWPathMonitor()
                monitor.pathUpdateHandler = { [weak self] path in
                    guard let self else { return }
                    // The first tells where the device is, not that it moved.
                    if let lastPath, lastPath != path { listener(.otherNetwork) }
                    lastPath = path
                }
                monitor.start(queue: queue)
                self.monitor = monitor
            }
        }

        public func stopBrowsing() throws {
            queue.sync { end() }
        }

        private func end() {
            browser?.cancel()
            monitor?.cancel()
            for connection in resolving.values { connection.cancel() }
            (browser, monitor, lastPath, resolving) = (nil, nil, nil, [:])
        }

        private func tell(_ change: NWBrowser.Result.Change, to listener: @escaping Listener) {
            guard browser != nil else { return }
            switch change {
            case .added(let service), .changed(old: _, new: let service, flags: _): resolve(service, for: listener)
            case .removed(let service):
                guard case .service(let instance, _, _, _) = service.endpoint else { return }
                resolving.removeValue(forKey: instance)?.cancel()
                listener(.lost(instance: instance))
            default: break
            }
        }

        /// A connection by UDP sends nothing, and knows the address once it is ready.
        private func resolve(_ service: NWBrowser.Result, for listener: @escaping Listener) {
            guard case .service(let instance, _, _, _) = service.endpoint, case .bonjour(let record) = service.metadata
            else { return }
            let parameters = NWParameters.udp
            // A link-local address of IPv6 is of no use without its interface.
            (parameters.defaultProtocolStack.internetProtocol as? NWProtocolIP.Options)?.version = .v4
            let connection = NWConnection(to: service.endpoint, using: parameters)
            connection.stateUpdateHandler = { [weak self, weak connection] state in
                guard let self, let connection, resolving[instance] === connection else { return }
                switch state {
                case .ready:
                    if case .hostPort(let host, let port) = connection.currentPath?.remoteEndpoint {
                        let ip = "\(host)".prefix { $0 != "%" }
                        let address = Endpoint(ip: String(ip), port: port.rawValue)
                        listener(.found(instance: instance, texts: record.dictionary, addresses: [address]))
                    }
                    finish(instance)
                case .failed: finish(instance)
                default: break
                }
            }
            resolving.updateValue(connection, forKey: instance)?.cancel()
            connection.start(queue: queue)
        }

        private func finish(_ instance: String) {
            resolving.removeValue(forKey: instance)?.cancel()
        }
    }

    /// Why dnssd refused; its codes are in `dns_sd.h`.
    public struct DNSServiceError: Error {
        /// Such as `kDNSServiceErr_PolicyDenied`, when the app lacks `NSBonjourServices`.
        public let code: DNSServiceErrorType
    }
#endif
