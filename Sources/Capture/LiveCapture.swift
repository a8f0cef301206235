import CPcap
import Glibc

/// One network interface, watched live. Reading never blocks: wait with `waitForPackets` for the next packets.
package final class LiveCapture {
    package struct Settings: Sendable {
        /// Bytes kept of each packet.
        package var snapLength: Int
        /// Of the kernel's buffer, in bytes; nil leaves it to libpcap (2 MiB).
        package var bufferSize: Int?
        /// Also take packets that are addressed to other machines.
        package var isPromiscuous: Bool
        package var filter: String?

        package init(snapLength: Int, bufferSize: Int?, isPromiscuous: Bool, filter: String?) {
            self.snapLength = snapLength
            self.bufferSize = bufferSize
            self.isPromiscuous = isPromiscuous
            self.filter = filter
        }
    }

    /// What happened before the packets reached us. Counted since the start.
    package struct Statistics: Equatable, Sendable {
        package var received: UInt64 = 0
        /// For want of room in the kernel's buffer.
        package var droppedByKernel: UInt64 = 0
        /// By the network card or its driver.
        package var droppedByInterface: UInt64 = 0
    }

    package let interface: String
    package private(set) var statistics = Statistics()
    private let handle: Handle
    private var last = pcap_stat()

    /// How long the kernel may collect packets before it wakes us, in milliseconds.
    private static let timeout: Int32 = 100

    package init(interface: String, _ settings: Settings) throws(CaptureError) {
        self.interface = interface
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let pcap = unsafe pcap_create(interface, &message) else {
            throw CaptureError("\(interface): \(text(message))")
        }
        handle = unsafe Handle(pcap)
        unsafe pcap_set_snaplen(pcap, Int32(clamping: settings.snapLength))
        unsafe pcap_set_promisc(pcap, settings.isPromiscuous ? 1 : 0)
        unsafe pcap_set_timeout(pcap, Self.timeout)
        if let size = settings.bufferSize { unsafe pcap_set_buffer_size(pcap, Int32(clamping: size)) }
        // Where the source has no nanoseconds libpcap multiplies: a failure to set the type cannot mislead.
        unsafe pcap_set_tstamp_precision(pcap, PCAP_TSTAMP_PRECISION_NANO)
        let status = unsafe pcap_activate(pcap)
        guard status >= 0 else { throw CaptureError(Self.remedy(interface, status, handle.message)) }
        handle.updateLinkType()
        if let filter = settings.filter { try handle.setFilter(filter) }
        guard unsafe pcap_setnonblock(pcap, 1, &message) == 0 else {
            throw CaptureError("\(interface): \(text(message))")
        }
    }

    package var linkType: Int32 { handle.linkType }

    /// Lends the packets that are there, `limit` at most, to `body`.
    ///
    /// - Returns: how many there were.
    /// - Throws: where the interface has gone or went down.
    package func read(upTo limit: Int, _ body: (Span<UInt8>, CapturedPacket) -> Void) throws(CaptureError) -> Int {
        let (count, last) = handle.read(upTo: limit, body)
        guard last != .failure else {
            throw CaptureError("\(interface): \(handle.message); is the interface still up?")
        }
        return count
    }

    /// Asks the kernel for its counts. They wrap at 2^32, and are added up here.
    package func updateStatistics() {
        var new = pcap_stat()
        guard unsafe pcap_stats(handle.pcap, &new) == 0 else { return }
        statistics.received += UInt64(new.ps_recv &- last.ps_recv)
        statistics.droppedByKernel += UInt64(new.ps_drop &- last.ps_drop)
        statistics.droppedByInterface += UInt64(new.ps_ifdrop &- last.ps_ifdrop)
        last = new
    }

    /// Sleeps until one of `captures` has packets, `descriptor` can be read, or `milliseconds` have passed.
    package static func waitForPackets(_ captures: [LiveCapture], orOn descriptor: Int32, milliseconds: Int32) {
        var descriptors = captures.map {
            unsafe pollfd(fd: pcap_get_selectable_fd($0.handle.pcap), events: Int16(POLLIN), revents: 0)
        }
        descriptors.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        unsafe poll(&descriptors, nfds_t(descriptors.count), milliseconds)
    }

    private static func remedy(_ interface: String, _ status: Int32, _ message: String) -> String {
        switch status {
        case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
            "\(interface): no permission to capture; run seaward as root (sudo), or give the program the right once: "
                + "setcap cap_net_raw+ep PATH-OF-SEAWARD"
        case PCAP_ERROR_NO_SUCH_DEVICE:
            "\(interface): there is no such interface; 'seaward interfaces' lists those that are there"
        case PCAP_ERROR_IFACE_NOT_UP:
            "\(interface): the interface is down; bring it up with: ip link set \(interface) up"
        default:
            "\(interface): \(message.isEmpty ? unsafe String(cString: pcap_statustostr(status)) : message)"
        }
    }
}
