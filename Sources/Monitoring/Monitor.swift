package import Decoding

/// Packets in, sightings out. One thread owns it; it does no I/O and has no clock.
///
/// A packet of a flow that is named, or given up on, costs a table hit and an addition. Only a match allocates.
package struct Monitor: ~Copyable {
    package struct Settings: Sendable {
        package var home: HomeNetworks
        /// The addresses of the machine that we run on: a resolver here asks upstream from another of them.
        package var ownAddresses: Set<IPAddress>
        /// Report each name, matched or not, whatever its direction; else only outbound matches.
        package var reportsEveryName: Bool
        /// Report hellos without a server name as well, with an empty name.
        package var reportsUnnamedHellos: Bool
        /// The resolvers of encrypted DNS that are known by name or address.
        package var resolvers: ResolverTable
        /// Tell what packets say of the hosts of home networks, in `hostFacts`, and which are devices of vendors.
        package var readsHosts: Bool
        /// In seconds: what was told of a host earlier than that is told again; 0 tells everything.
        package var hostInterval: Int64
        /// Keeps outsiders from aiming at one bucket of the flow table. Output does not depend on it.
        package var seed: UInt64
        package var flowLimit: Int
        /// Tell what the flows of matches carry.
        package var tellsTraffic: Bool
        /// Tell of every flow when it is over.
        package var tellsFlows: Bool

        package init(
            home: HomeNetworks = HomeNetworks(), ownAddresses: Set<IPAddress> = [], reportsEveryName: Bool = false,
            reportsUnnamedHellos: Bool = false, resolvers: ResolverTable = ResolverTable(),
            readsHosts: Bool = false, hostInterval: Int64 = 600, seed: UInt64,
            flowLimit: Int = 1_000_000, tellsTraffic: Bool = false, tellsFlows: Bool = false
        ) {
            self.home = home
            self.ownAddresses = ownAddresses
            self.reportsEveryName = reportsEveryName
            self.reportsUnnamedHellos = reportsUnnamedHellos
            self.resolvers = resolvers
            self.readsHosts = readsHosts
            self.hostInterval = hostInterval
            self.seed = seed
            self.flowLimit = flowLimit
            self.tellsTraffic = tellsTraffic
            self.tellsFlows = tellsFlows
        }
    }

    let settings: Settings
    /// May be replaced between two packets.
    package var endpoints: EndpointTable
    package var counters = Counters()
    /// What was seen since the caller last emptied it with `removeObservations()`.
    package internal(set) var observations = Observations()

    var table: FlowTable
    var pool = PrefixPool()
    var defragmenter = Defragmenter()
    var forwarding = Forwarding()
    var book = AddressBook()
    var answers = DNSAnswers()
    var contacts = ContactTable()
    var hours = HourBook()
    /// What named the open flows, by slot, where flows are told of.
    var flowNames: [Int: FlowName] = [:]
    var publishedKeys = PublishedKeys()
    var toldHosts = ToldHosts()
    var clientNames = ClientNames()
    /// The addresses of devices that vendors' hardware addresses name.
    var devices = RecentTable<MACAddress, AddressClaims>(limit: 4_096)
    /// Where a hello that spans records is put together; kept to allocate once.
    var scratch: [UInt8] = []
    /// The latest time of any packet. Captures of several interfaces step back at times.
    package private(set) var now = Timestamp(nanoseconds: 0)

    package init(endpoints: EndpointTable, settings: Settings) {
        self.endpoints = endpoints
        self.settings = settings
        table = FlowTable(seed: settings.seed, capacity: settings.flowLimit)
    }

    package var openFlows: Int { table.count }
    /// What hellos that wait for their rest keep in memory.
    package var waitingBytes: Int { pool.byteCount }
    /// What fragments that wait for their rest keep in memory.
    package var fragmentBytes: Int { defragmenter.byteCount }

    package mutating func removeObservations() { observations.removeAll() }

    package var sightings: [Sighting] { observations.sightings }
    package var hostFacts: [HostFact] { observations.hostFacts }

    /// Takes in one packet.
    ///
    /// - Parameters:
    ///   - frame: the captured bytes, from the first link header on.
    ///   - wireLength: the packet's length before the snap length cut it.
    ///   - interface: handed on to the sightings.
    package mutating func observe(_ frame: Bytes, wireLength: Int, linkType: LinkType, time: Timestamp, interface: Int)
    {
        counters.packets &+= 1
        counters.bytes &+= UInt64(max(wireLength, 0))
        if time > now { now = time }
        if counters.packets % Self.tidyInterval == 0 { tidy() }
        var payload = frame
        let packet: Packet
        do throws(DecodingError) {
            guard let decoded = try Packet(reading: &payload, linkType: linkType, wireLength: wireLength) else {
                if settings.readsHosts {
                    observeLink(
                        frame, wireLength: wireLength, linkType: linkType, time: time, interface: interface)
                }
                return
            }
            packet = decoded
        } catch {
            counters.count(error.anomaly(blaming: .linkTruncated, isCut: false))
            return
        }
        counters.ipPackets &+= 1
        if let anomaly = packet.anomaly { counters.count(anomaly) }
        if packet.isFragment {
            observeFragment(payload, packet, time: time, interface: interface)
        } else {
            observe(packet, payload, time: time, interface: interface)
        }
    }

    /// Takes in a packet whose headers are read.
    @inline(__always)
    mutating func observe(_ packet: Packet, _ payload: Bytes, time: Timestamp, interface: Int) {
        let (key, isUpward) = FlowKey.of(packet)
        let slot = flowSlot(for: key, packet, isUpward: isUpward, time: time, interface: interface)
        switch table.flows[slot].count(packet, payload, isUpward: isUpward, time: time, interface: interface) {
        case .fresh: break
        case .freshBehindGap: counters.sequenceGaps &+= 1
        case .copy:
            counters.copies &+= 1
            return
        }
        let contact = table.flows[slot].contact
        if contact >= 0 { observeContact(Int(contact), payload, packet, isUpward: isUpward) }
        guard packet.hasTransportHeader else {
            if settings.readsHosts, packet.transport == .icmpv6 {
                observeNeighbor(payload, packet, time: time, interface: interface)
            }
            if !table.flows[slot].isExplained { explain(slot, time: time) }
            return
        }
        if packet.isPayloadCut { table.flows[slot].isCut = true }
        let context = Context(
            slot: slot, isUpward: isUpward, time: time, interface: interface, payloadLength: packet.payloadLength)
        if packet.transport == .tcp {
            observeTCP(payload, packet, context)
        } else if payload.count > 0 {
            if settings.readsHosts, packet.tellsOfHosts {
                observeHosts(payload, packet, time: time, interface: interface)
            }
            observeUDP(payload, packet, context)
        }
    }

    /// Lets time pass, also without packets: hours go by.
    package mutating func advance(to time: Timestamp) {
        if let hour = hours.advance(to: time, counters) { observations.hours.append(hour) }
    }

    /// The hour that is not over yet, as far as it has come; nil before the first packet.
    package var openHour: CoverageHour? { hours.open(counters) }

    /// What follows belongs to another recording: its hours begin at the time of its first packet.
    package mutating func startRecording(at time: Timestamp) { hours = HourBook(at: time, counters) }

    /// Says what is left to say of flows that are still open. Call it once, when no more packets come.
    package mutating func finish() {
        while let slot = defragmenter.oldest { giveUpDatagram(slot) }
        while let slot = pool.oldest { giveUp(slot) }
        for slot in table.openSlots { account(for: slot) }
        advance(to: now)
    }

    /// Takes a flow that is over, or still open at the end, into the account.
    private mutating func account(for slot: Int) {
        explain(slot, time: table.flows[slot].lastSeen)
        recognizeEncryptedDNS(slot)
        counters.coverage.count(table.flows[slot])
        closeContact(of: slot)
        if settings.tellsFlows { tellFlow(slot) }
    }

    /// What the decoders need to know of the packet besides its headers.
    struct Context {
        var slot: Int
        var isUpward: Bool
        var time: Timestamp
        var interface: Int
        /// Of the packet's payload, in bytes; 0 where no packet is at hand.
        var payloadLength: UInt32 = 0
        /// What the sender of a segment has got of the other direction, where the segment says so.
        var acknowledged: UInt32?

        func acknowledging(_ packet: Packet) -> Context {
            var context = self
            context.acknowledged = packet.tcpFlags.hasACK ? packet.tcpAcknowledgement : nil
            return context
        }
    }

    @inline(__always)
    private mutating func flowSlot(
        for key: FlowKey, _ packet: Packet, isUpward: Bool, time: Timestamp, interface: Int
    ) -> Int {
        if let slot = table.slot(of: key) {
            table.touch(slot, now)
            return slot
        }
        if table.isFull, let slot = table.leastWanted() {
            counters.flowsEvicted &+= 1
            close(slot)
        }
        counters.flows &+= 1
        var flow = Flow(key: key, time: time, opener: packet.opener(isUpward: isUpward), interface: interface)
        flow.queued = now
        let tunnel = Tunnel(around: packet)
        return table.insert(flow, in: isUpward ? tunnel : tunnel?.reversed)
    }

    /// Packets between two looks at what waited too long.
    private static let tidyInterval: UInt64 = 8

    /// Lets go what waited too long: two flows a packet on average, so that no packet waits for many and the table
    /// still shrinks faster than packets can fill it.
    private mutating func tidy() {
        advance(to: now)
        tellDueTraffic(atMost: 2 * Int(Self.tidyInterval))
        for _ in 0..<2 * Self.tidyInterval {
            guard let slot = table.expired(at: now) else { break }
            close(slot)
        }
        for _ in 0..<2 * Self.tidyInterval {
            guard let slot = pool.oldest, now.seconds(since: pool.entries[slot].since) > Self.helloPatience else {
                break
            }
            giveUp(slot)
        }
        for _ in 0..<2 * Self.tidyInterval {
            guard let slot = defragmenter.expired(at: now) else { break }
            giveUpDatagram(slot)
        }
    }

    /// In seconds. TCP retransmits within this time even after several losses (RFC 6298); what has not come by then
    /// was not captured, and the part that did come is used.
    private static let helloPatience: Int64 = 30

    private mutating func close(_ slot: Int) {
        for isUpward in [true, false] {
            // Several hellos of QUIC or DTLS can wait in one direction.
            while table.flows[slot][isUpward: isUpward].prefix >= 0 {
                giveUp(Int(table.flows[slot][isUpward: isUpward].prefix))
            }
        }
        account(for: slot)
        table.remove(slot)
    }

    /// Reports what is wanted, be it for `endpoint` or because everything is.
    ///
    /// - Parameter isProxied: the server is a proxy that was asked to go on.
    /// - Returns: whether it was reported as a match.
    mutating func report(
        _ sighting: consuming Sighting, matching endpoint: Endpoint?, isProxied: Bool = false
    ) -> Bool {
        sighting.endpoint = endpoint
        if !settings.reportsEveryName {
            guard isOutbound(sighting, isProxied: isProxied) else {
                counters.matchesNotOutbound &+= 1
                return false
            }
            if case .dns = sighting.detail, forwarding.isForwarded(sighting, settings) {
                counters.forwardedQueries &+= 1
                return false
            }
        }
        if endpoint != nil {
            counters.matches &+= 1
            sighting.neighbour = neighbour(of: sighting)
        }
        observations.sightings.append(sighting)
        return endpoint != nil
    }

    /// Looks up what the sender of this direction has named, and reports it where it is wanted.
    mutating func report(_ name: HostName, _ detail: Sighting.Detail, _ context: Context) {
        let endpoint = endpoints.endpoint(for: name)
        guard endpoint != nil || settings.reportsEveryName else { return }
        report(name, detail, matching: endpoint, context)
    }

    /// Reports what the sender of this direction has named. A flow that matched is forgotten last.
    mutating func report(
        _ name: HostName, _ detail: Sighting.Detail, matching endpoint: Endpoint?, _ context: Context
    ) {
        let isMatch = report(
            sighting(name, detail, context), matching: endpoint, isProxied: table.flows[context.slot].isProxied)
        if settings.tellsFlows { keepName(name, Sighting.method(of: detail), context.slot) }
        guard isMatch else { return }
        table.promote(context.slot, to: .matched, now)
        if settings.tellsTraffic {
            observations.sightings[observations.sightings.count - 1].contact = openContact(detail, context)
        }
    }

    /// What the sender of this direction, as the client, has named.
    func sighting(_ name: HostName, _ detail: Sighting.Detail, _ context: Context) -> Sighting {
        let key = table.flows[context.slot].key
        let tunnel = table.tunnel(around: context.slot, isClientLow: context.isUpward)
        return Sighting(
            time: context.time, name: name, detail: detail,
            client: context.isUpward ? key.low : key.high, server: context.isUpward ? key.high : key.low,
            clientPort: context.isUpward ? key.lowPort : key.highPort,
            serverPort: context.isUpward ? key.highPort : key.lowPort,
            transport: key.transport, vlan: tunnel?.vlan ?? key.segment, tunnel: tunnel, interface: context.interface,
            endpoint: nil)
    }

    /// The entry whose network the server of a named contact stands in: another witness, for the vendor or against it.
    private func neighbour(of sighting: borrowing Sighting) -> Endpoint? {
        switch sighting.detail {
        case .hello, .http, .userAgent, .certificate, .resolved: endpoints.endpoint(for: sighting.server)
        case .dns, .connect, .socks, .address, .mac: nil
        }
    }

    /// A look-up counts wherever the resolver is; what a proxy is asked for, and what is said through it, wherever the
    /// proxy is; anything else must leave the home networks.
    private func isOutbound(_ sighting: borrowing Sighting, isProxied: Bool) -> Bool {
        guard settings.home.contains(sighting.client), !sighting.server.isMulticastOrBroadcast else { return false }
        switch sighting.detail {
        case .dns, .connect, .socks, .mac: return true
        case .hello, .http, .userAgent, .certificate, .resolved, .address:
            return isProxied || !settings.home.contains(sighting.server)
        }
    }
}
