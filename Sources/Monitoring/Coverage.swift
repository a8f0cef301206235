import Decoding

/// What the sensor was able to see: flows by what named them, and the others by why nothing did.
package struct Coverage: Sendable {
    /// Why a flow shows no name. The raw value is the word in output.
    package enum Blank: String, CaseIterable, Sendable {
        /// To a resolver that speaks DNS inside TLS, HTTPS or QUIC, or DNSCrypt.
        case encryptedDNS = "encrypted-dns"
        /// The client's hello names nobody in the clear: Encrypted Client Hello.
        case encryptedName = "encrypted-name"
        /// The client's hello names nobody.
        case helloWithoutName = "hello-without-name"
        /// What a memory limit made us let go.
        case limit
        /// The snap length of the capture took what might have been a name.
        case cutBySnapLength = "cut-by-snap-length"
        /// A TCP connection whose beginning is not in the capture.
        case startedBefore = "started-before-capture"
        /// TCP that carried nothing: nobody answered, or nobody spoke.
        case noData = "no-data"
        /// Names of the local link, multicast and broadcast: nobody's transmission.
        case local
        /// Neither TCP nor UDP: no protocol of it holds a name.
        case noPorts = "neither-tcp-nor-udp"
        /// A protocol that shows no name, or none that is known.
        case otherProtocol = "other-protocol"
    }

    /// Flows that are over, or were open at the end.
    package private(set) var flows: UInt64 = 0
    /// Of them, those in which only one side was seen to speak.
    package private(set) var oneWayFlows: UInt64 = 0
    /// Of them, those whose hello has the ECH extension: its name may be a cover for another.
    package private(set) var encryptedNameFlows: UInt64 = 0
    /// Of them, those to resolvers whose answers nobody else can read, named or not.
    package private(set) var encryptedDNSFlows: UInt64 = 0
    /// Of them, those to relays.
    package private(set) var relayFlows: UInt64 = 0
    /// Of flows with and without a name, by IP total length, both ways.
    package private(set) var namedBytes: UInt64 = 0
    package private(set) var namelessBytes: UInt64 = 0
    /// Whose flows these are, to encrypted DNS and to relays.
    package internal(set) var encryptedDNS = EncryptedDNSList()
    private var named = Array(repeating: UInt64(0), count: Method.allCases.count)
    private var blank = Array(repeating: UInt64(0), count: Blank.allCases.count)

    /// Flows by the surest method that named them.
    package subscript(method: Method) -> UInt64 { named[method.rank] }
    /// Flows without a name.
    package subscript(reason: Blank) -> UInt64 { blank[Self.index(reason)] }

    package var namedFlows: UInt64 { named.reduce(0, +) }

    mutating func count(_ flow: Flow) {
        flows &+= 1
        if flow.sentUp.packets == 0 || flow.sentDown.packets == 0 { oneWayFlows &+= 1 }
        if flow.hasEncryptedName { encryptedNameFlows &+= 1 }
        if flow.isEncryptedDNS { encryptedDNSFlows &+= 1 }
        if flow.secrecy == .everything { relayFlows &+= 1 }
        let bytes = flow.sentUp.bytes &+ flow.sentDown.bytes
        if let method = flow.method {
            named[method.rank] &+= 1
            namedBytes &+= bytes
        } else {
            namelessBytes &+= bytes
            blank[Self.index(Self.reason(of: flow))] &+= 1
        }
    }

    private static func reason(of flow: Flow) -> Blank {
        if flow.isEncryptedDNS { return .encryptedDNS }
        if flow.hasEncryptedName { return .encryptedName }
        if flow.hasNamelessHello { return .helloWithoutName }
        if flow.hasMetLimit { return .limit }
        if flow.isCut { return .cutBySnapLength }
        if flow.isLocal || flow.key.low.isMulticastOrBroadcast || flow.key.high.isMulticastOrBroadcast {
            return .local
        }
        switch flow.key.transport {
        case .tcp:
            if flow.opener == .unknown { return .startedBefore }
            return flow.hasPayload ? .otherProtocol : .noData
        case .udp: return .otherProtocol
        default: return .noPorts
        }
    }

    private static func index(_ reason: Blank) -> Int {
        switch reason {
        case .encryptedDNS: 0
        case .encryptedName: 1
        case .helloWithoutName: 2
        case .limit: 3
        case .cutBySnapLength: 4
        case .startedBefore: 5
        case .noData: 6
        case .local: 7
        case .noPorts: 8
        case .otherProtocol: 9
        }
    }
}
