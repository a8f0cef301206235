import Decoding

/// Who the hosts of the inside are: what ARP, neighbour discovery, DHCP, mDNS and NetBIOS tell of them. Only where
/// `readsHosts` asks for it.
extension Monitor {
    /// Facts that wait for the caller. He empties them every few thousand packets, of which few tell anything new.
    static let factLimit = 16_384

    /// A frame without an IP packet in it.
    @inline(never)
    mutating func observeLink(
        _ frame: Bytes, wireLength: Int, linkType: LinkType, time: Timestamp, interface: Int
    ) {
        do throws(DecodingError) {
            guard let packet = try ARPPacket(behindLink: frame, linkType: linkType, wireLength: wireLength),
                let claim = packet.claim
            else { return }
            tell(
                HostFact(
                    time: time, source: .arp, address: claim.address, hardware: claim.hardware, interface: interface))
        } catch {
            counters.count(error.anomaly(blaming: .arpMalformed, isCut: false))
        }
    }

    /// A message of ICMPv6.
    @inline(never)
    mutating func observeNeighbor(_ payload: Bytes, _ packet: Packet, time: Timestamp, interface: Int) {
        guard NeighborMessage.canStart(payload) else { return }
        var bytes = payload
        do throws(DecodingError) {
            guard let message = try NeighborMessage(reading: &bytes, source: packet.source) else { return }
            tell(
                HostFact(
                    time: time, source: .nd, address: message.address, hardware: message.hardware,
                    interface: interface))
        } catch {
            counters.count(error.anomaly(blaming: .neighborDiscoveryMalformed, isCut: packet.isPayloadCut))
        }
    }

    /// A datagram to one of the ports of `tellsOfHosts`.
    @inline(never)
    mutating func observeHosts(_ payload: Bytes, _ packet: Packet, time: Timestamp, interface: Int) {
        do throws(DecodingError) {
            switch packet.destinationPort {
            case 67, 68: try observeDHCPv4(payload, packet, time: time, interface: interface)
            case 546, 547: try observeDHCPv6(payload, packet, time: time, interface: interface)
            case 5353: try observeMulticastDNS(payload, time: time, interface: interface)
            default:
                guard let message = try NetBIOSMessage(reading: payload) else { return }
                for address in message.addresses {
                    tell(
                        HostFact(
                            time: time, source: .netbios, address: address, name: message.name, interface: interface))
                }
            }
        } catch {
            let blamed: Anomaly =
                switch packet.destinationPort {
                case 67, 68: .dhcpMalformed
                case 546, 547: .dhcpv6Malformed
                case 5353: .dnsTruncated
                default: .netbiosMalformed
                }
            counters.count(error.anomaly(blaming: blamed, isCut: packet.isPayloadCut))
        }
    }

    private mutating func observeDHCPv4(
        _ payload: Bytes, _ packet: Packet, time: Timestamp, interface: Int
    ) throws(DecodingError) {
        var bytes = payload
        let message = try DHCPv4Message(reading: &bytes)
        if let fault = message.fault {
            counters.count(fault.anomaly(blaming: .dhcpMalformed, isCut: packet.isPayloadCut))
        }
        guard let hardware = message.hardware else { return }
        let key = ClientNames.Key(identifier: message.identifier, hardware: hardware)
        let own = ClientNames.Client(name: message.name, vendorClass: message.vendorClass)
        let nowhere = IPAddress(v4: 0)
        let address: IPAddress
        var client = own
        switch (message.isReply, message.kind) {
        case (true, .acknowledge?):
            // To an INFORM the server answers without an address of its own.
            address = message.yourAddress == nowhere ? message.clientAddress : message.yourAddress
            client = clientNames.client(of: key) ?? ClientNames.Client()
            client.name = client.name ?? own.name
        case (false, .request?), (false, .inform?):
            clientNames.note(own, of: key)
            // Only who has its address already states it here: it renews it, or asks for nothing but settings.
            address = message.clientAddress
        case (false, .discover?):
            clientNames.note(own, of: key)
            return
        default: return
        }
        counters.clientNamesEvicted = clientNames.evicted
        guard address != nowhere else { return }
        let leaseTime = message.isReply ? message.leaseTime : nil
        tell(
            HostFact(
                time: time, source: .dhcp, address: address, hardware: hardware, name: client.name,
                vendorClass: client.vendorClass, leaseEnd: leaseTime.flatMap { time.end(ofLease: $0) },
                interface: interface))
    }

    private mutating func observeDHCPv6(
        _ payload: Bytes, _ packet: Packet, time: Timestamp, interface: Int
    ) throws(DecodingError) {
        var bytes = payload
        let message = try DHCPv6Message(reading: &bytes)
        if let fault = message.fault {
            counters.count(fault.anomaly(blaming: .dhcpv6Malformed, isCut: packet.isPayloadCut))
        }
        let key = message.hardware.map { ClientNames.Key(identifier: message.identifier, hardware: $0) }
        var name = message.name
        switch message.kind {
        case .reply: name = key.flatMap { clientNames.client(of: $0)?.name } ?? name
        case .solicit, .request, .renew, .rebind:
            if let key { clientNames.note(ClientNames.Client(name: name), of: key) }
            // What a client asks for it does not have yet; what it renews it has.
            guard message.kind == .renew else { return }
        default: return
        }
        counters.clientNamesEvicted = clientNames.evicted
        for lease in message.leases where lease.lifetime > 0 || message.kind == .renew {
            tell(
                HostFact(
                    time: time, source: .dhcpv6, address: lease.address, hardware: message.hardware, name: name,
                    leaseEnd: message.kind == .reply ? time.end(ofLease: lease.lifetime) : nil, interface: interface))
        }
    }

    /// The addresses of names below `local`, which their hosts tell everybody (RFC 6762).
    private mutating func observeMulticastDNS(
        _ payload: Bytes, time: Timestamp, interface: Int
    ) throws(DecodingError) {
        var dns = try DNSMessage(reading: payload)
        guard dns.isResponse, dns.opcode == 0 else { return }
        while try dns.nextQuestion(in: payload) != nil {}
        while let record = try dns.nextRecord(in: payload, answersOnly: false) {
            // A time to live of 0 says good-bye (section 10.1).
            guard case .address(let address) = record.data, record.owner.isLocal, record.timeToLive > 0 else {
                continue
            }
            tell(
                HostFact(time: time, source: .mdns, address: address, name: record.owner, interface: interface))
        }
    }

    private mutating func tell(_ fact: HostFact) {
        guard settings.home.contains(fact.address), !fact.address.isMulticastOrBroadcast,
            toldHosts.isNews(fact, interval: settings.hostInterval)
        else { return }
        counters.toldHostsEvicted = toldHosts.evicted
        if observations.hostFacts.count < Self.factLimit {
            counters.hostFacts &+= 1
            observations.hostFacts.append(fact)
        } else {
            counters.hostFactsDropped &+= 1
        }
        reportDevice(fact)
    }

    /// A hardware address that a vendor's devices have is evidence, too: of one that is there, not of a contact.
    private mutating func reportDevice(_ fact: HostFact) {
        guard let hardware = fact.hardware, let endpoint = endpoints.marks.endpoint(for: hardware),
            toldHosts.isNewDevice(hardware, at: fact.address)
        else { return }
        // A router that answers for others is not at their addresses.
        let isRouter = devices.update(hardware, orInsert: AddressClaims()) { claims in
            claims.note(fact.address, at: fact.time)
            return claims.areOfRouter
        }
        guard !isRouter else { return }
        _ = report(
            Sighting(
                time: fact.time, name: HostName(), detail: .mac(hardware), client: fact.address, server: fact.address,
                clientPort: 0, serverPort: 0, transport: IPProtocol(rawValue: 0), vlan: 0, interface: fact.interface,
                endpoint: nil),
            matching: endpoint)
    }
}

extension Packet {
    /// A datagram of DHCP, DHCPv6, mDNS or the NetBIOS name service. Each of them goes to a port of its own, whoever
    /// sends it.
    @inline(__always) var tellsOfHosts: Bool {
        switch destinationPort {
        case 67, 68, 137, 546, 547, 5353: true
        default: false
        }
    }
}

extension Timestamp {
    /// Nil for a lease that never ends (RFC 2131, section 3.3).
    fileprivate func end(ofLease seconds: UInt32) -> Timestamp? {
        seconds == .max ? nil : Timestamp(nanoseconds: nanoseconds &+ Int64(seconds) * 1_000_000_000)
    }
}
