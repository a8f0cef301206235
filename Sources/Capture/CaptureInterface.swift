import CPcap
import Glibc

/// A network interface of this machine.
package struct CaptureInterface: Sendable {
    package let name: String
    package let isUp: Bool
    package let isLoopback: Bool
    /// Numeric text, with the length of the network's prefix where the system tells: `10.1.0.1/24`.
    package let addresses: [String]

    /// All interfaces that packets can be taken from, in the system's order.
    package static func all() throws(CaptureError) -> [CaptureInterface] {
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        var first: UnsafeMutablePointer<pcap_if_t>?
        guard unsafe pcap_findalldevs(&first, &message) == 0 else {
            throw CaptureError("interfaces: \(text(message))")
        }
        defer { unsafe pcap_freealldevs(first) }
        var interfaces: [CaptureInterface] = []
        var next = unsafe first
        while let device = unsafe next?.pointee {
            var addresses: [String] = []
            var nextAddress = unsafe device.addresses
            while let entry = unsafe nextAddress?.pointee {
                if let text = unsafe numericText(entry.addr) {
                    let length = unsafe prefixLength(entry.netmask)
                    addresses.append(text + (length.map { "/\($0)" } ?? ""))
                }
                unsafe nextAddress = entry.next
            }
            interfaces.append(
                CaptureInterface(
                    name: unsafe String(cString: device.name), isUp: unsafe device.flags & UInt32(PCAP_IF_UP) != 0,
                    isLoopback: unsafe device.flags & UInt32(PCAP_IF_LOOPBACK) != 0, addresses: addresses))
            unsafe next = device.next
        }
        return interfaces
    }

    private static func numericText(_ address: UnsafeMutablePointer<sockaddr>?) -> String? {
        guard let address = unsafe address else { return nil }
        let family = unsafe Int32(address.pointee.sa_family)
        guard family == AF_INET || family == AF_INET6 else { return nil }
        let length = family == AF_INET ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard unsafe getnameinfo(address, socklen_t(length), &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST) == 0
        else { return nil }
        // A link-local address carries its interface behind a percent sign.
        return text(host).split(separator: "%").first.map { String($0) }
    }

    private static func prefixLength(_ mask: UnsafeMutablePointer<sockaddr>?) -> Int? {
        guard let mask = unsafe mask else { return nil }
        switch unsafe Int32(mask.pointee.sa_family) {
        case AF_INET:
            return unsafe mask.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                unsafe $0.pointee.sin_addr.s_addr.nonzeroBitCount
            }
        case AF_INET6:
            return unsafe mask.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                unsafe withUnsafeBytes(of: $0.pointee.sin6_addr) { unsafe $0.reduce(0) { $0 + $1.nonzeroBitCount } }
            }
        default:
            return nil
        }
    }
}
