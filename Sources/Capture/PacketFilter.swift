import CPcap

/// A filter in tcpdump's language, translated for each link type that packets come with.
final class PacketFilter {
    private let expression: String
    private var programs: [Int32: Program] = [:]

    init(_ expression: String) { self.expression = expression }

    /// Translates the filter, which not every link type allows.
    func prepare(linkType: Int32) throws(CaptureError) {
        guard programs[linkType] == nil else { return }
        programs[linkType] = try Program(expression, linkType)
    }

    func accepts(_ bytes: Span<UInt8>, wireLength: Int, linkType: Int32) -> Bool {
        programs[linkType]?.accepts(bytes, wireLength) ?? false
    }

    @safe private final class Program {
        private var program = unsafe bpf_program()

        /// - Parameter linkType: LINKTYPE numbers differ from the DLT that libpcap compiles for in two places.
        init(_ expression: String, _ linkType: Int32) throws(CaptureError) {
            let type: Int32 = linkType == 101 ? 12 : linkType == 100 ? 11 : linkType
            guard let pcap = unsafe pcap_open_dead(type, PcapNGReader.packetLimit) else {
                throw CaptureError("filter '\(expression)': out of memory")
            }
            let handle = unsafe Handle(pcap)
            guard unsafe pcap_compile(pcap, &program, expression, 1, PCAP_NETMASK_UNKNOWN) == 0 else {
                throw CaptureError("filter '\(expression)': \(handle.message); see 'man pcap-filter'")
            }
        }

        deinit { unsafe pcap_freecode(&program) }

        func accepts(_ bytes: Span<UInt8>, _ wireLength: Int) -> Bool {
            var header = pcap_pkthdr()
            header.caplen = UInt32(clamping: bytes.count)
            header.len = UInt32(clamping: wireLength)
            return unsafe bytes.withUnsafeBufferPointer {
                unsafe pcap_offline_filter(&program, &header, $0.baseAddress) != 0
            }
        }
    }
}
