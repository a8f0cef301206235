/// An SVCB or HTTPS record (RFC 9460): where a service runs, what it speaks, and with which keys its name can be encrypted.
///
/// Lists stay in the message, which is passed to the calls that read them.
package struct ServiceBinding: Sendable {
    /// 0: the record is an alias for `target`. Else a smaller one is to be preferred.
    package let priority: UInt16
    /// Empty: the owner itself, or in an alias: there is no service.
    package let target: HostName
    /// What the service speaks (RFC 7301), without the default of the record's type.
    package private(set) var protocols = ApplicationProtocols()
    /// Nil: the port of the name that was asked for.
    package private(set) var port: UInt16?
    private var hints4 = 0..<0
    private var hints6 = 0..<0
    /// Where the ECHConfigList stands in the message (RFC 9848); empty without one.
    package private(set) var encryptedHelloConfigs = 0..<0

    package var isAlias: Bool { priority == 0 }
    package var hasEncryptedHello: Bool { !encryptedHelloConfigs.isEmpty }

    /// Reads the data of a record, which stands at `range` of `message`.
    ///
    /// - Throws: where the record contradicts itself. Section 2.2 wants it ignored then, all of it.
    init(inMessage message: Bytes, at range: Range<Int>) throws(DecodingError) {
        var bytes = message.extracting(range)
        do throws(DecodingError) {
            priority = try bytes.readUInt16()
            var start = range.lowerBound + 2
            target = try HostName(inMessage: message.extracting(first: range.upperBound), at: &start)
            // An alias has no parameters that count (section 2.4.2).
            guard priority != 0 else { return }
            var lastKey = -1
            while start < range.upperBound {
                bytes = message.extracting(start..<range.upperBound)
                let key = Int(try bytes.readUInt16())
                let length = Int(try bytes.readUInt16())
                // In ascending order, each once.
                guard key > lastKey, length <= bytes.count else { throw .anomaly(.dnsServiceBinding) }
                lastKey = key
                start += 4 + length
                try readParameter(key, message, start - length..<start)
            }
        } catch {
            throw error.blaming(.dnsServiceBinding, isCut: false)
        }
    }

    /// The numbers are those of IANA, "DNS Service Parameter Keys (SvcParamKeys)". A key that is not known is passed.
    private mutating func readParameter(_ key: Int, _ message: Bytes, _ value: Range<Int>) throws(DecodingError) {
        let isSound: Bool
        switch key {
        case 1:
            var list = message.extracting(value)
            protocols = try ApplicationProtocols(list: &list)
            isSound = !value.isEmpty
        case 3:
            isSound = value.count == 2
            if isSound { port = UInt16(message[value.lowerBound]) << 8 | UInt16(message[value.lowerBound + 1]) }
        case 4:
            isSound = !value.isEmpty && value.count % 4 == 0
            hints4 = value
        case 5:
            isSound = !value.isEmpty
            encryptedHelloConfigs = value
        case 6:
            isSound = !value.isEmpty && value.count % 16 == 0
            hints6 = value
        default: return
        }
        guard isSound else { throw .anomaly(.dnsServiceBinding) }
    }

    /// Adds the addresses that a client may try before it has asked for any (section 7.3), in their order, as long as
    /// there are fewer than `limit`.
    package func addHints(from message: Bytes, to addresses: inout [IPAddress], limit: Int) {
        var bytes = message.extracting(hints4)
        while addresses.count < limit, let address = try? bytes.readUInt32() {
            addresses.append(IPAddress(v4: address))
        }
        bytes = message.extracting(hints6)
        while addresses.count < limit, let address = try? bytes.readUInt128() {
            addresses.append(IPAddress(bits: address))
        }
    }
}
