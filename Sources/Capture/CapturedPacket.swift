import CPcap

/// What libpcap knows of a packet besides its bytes.
package struct CapturedPacket: Sendable {
    /// Since 1970, UTC.
    package let nanoseconds: Int64
    /// Before the snap length cut it, in bytes.
    package let wireLength: Int
    /// The DLT or LINKTYPE number: what the first byte belongs to.
    package let linkType: Int32
    /// The number of the interface in a pcapng file; else 0.
    package let interface: Int
}

/// An open libpcap handle that yields packets with nanosecond timestamps. Closed with the last reference.
@safe final class Handle {
    let pcap: OpaquePointer

    /// The DLT number: what the first byte of a packet belongs to.
    private(set) var linkType: Int32

    init(_ pcap: OpaquePointer) {
        unsafe self.pcap = pcap
        linkType = unsafe pcap_datalink(pcap)
    }

    /// To be called when an interface is active: it has no link type before.
    func updateLinkType() { linkType = unsafe pcap_datalink(pcap) }

    deinit { unsafe pcap_close(pcap) }

    /// Lends up to `limit` packets to `body`, one after the other.
    ///
    /// - Returns: how many there were, and the outcome of the last attempt.
    func read(upTo limit: Int, _ body: (Span<UInt8>, CapturedPacket) -> Void) -> (count: Int, last: Outcome) {
        for count in 0..<limit {
            let outcome = next(body)
            if outcome != .packet { return (count, outcome) }
        }
        return (limit, .packet)
    }

    /// The text of the last failure.
    var message: String { unsafe String(cString: pcap_geterr(pcap)) }

    enum Outcome { case packet, nothing, end, failure }

    /// Lends the next packet to `body`; the bytes live for that one call.
    @inline(__always)
    private func next(_ body: (Span<UInt8>, CapturedPacket) -> Void) -> Outcome {
        var header: UnsafeMutablePointer<pcap_pkthdr>?
        var data: UnsafePointer<UInt8>?
        switch unsafe pcap_next_ex(pcap, &header, &data) {
        case 1:
            // libpcap promises both pointers, with `caplen` bytes behind the second, until the next call.
            guard let header = unsafe header?.pointee else { return .failure }
            let bytes = unsafe UnsafeBufferPointer(start: data, count: Int(header.caplen))
            // With nanosecond precision asked for, `tv_usec` holds nanoseconds.
            let time = Int64(header.ts.tv_sec) &* 1_000_000_000 &+ Int64(header.ts.tv_usec)
            unsafe body(
                bytes.span,
                CapturedPacket(nanoseconds: time, wireLength: Int(header.len), linkType: linkType, interface: 0))
            return .packet
        case 0: return .nothing
        case PCAP_ERROR_BREAK: return .end
        default: return .failure
        }
    }

    /// Lets only those packets through that a filter in tcpdump's language describes.
    func setFilter(_ expression: String) throws(CaptureError) {
        var program = unsafe bpf_program()
        guard unsafe pcap_compile(pcap, &program, expression, 1, PCAP_NETMASK_UNKNOWN) == 0 else {
            throw CaptureError("filter '\(expression)': \(message); see 'man pcap-filter'")
        }
        defer { unsafe pcap_freecode(&program) }
        guard unsafe pcap_setfilter(pcap, &program) == 0 else {
            throw CaptureError("filter '\(expression)': \(message)")
        }
    }
}
