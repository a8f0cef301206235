/// Writes a segment or datagram with all its headers and right checksums.
struct FrameWriter {
    enum Transport: UInt8 {
        case tcp = 6
        case udp = 17
    }

    private let file: CaptureFile
    private let ciphertext: Ciphertext
    private(set) var wireBytes = 0

    init(file: CaptureFile, ciphertext: Ciphertext) {
        self.file = file
        self.ciphertext = ciphertext
    }

    func finish() throws { try file.flush() }

    /// `time` is in microseconds since 1970.
    mutating func write(_ segment: Segment, transport: Transport, on path: Path, at time: UInt64) throws {
        let source = segment.isFromClient ? path.client : path.server
        let destination = segment.isFromClient ? path.server : path.client
        let transportLength = headerLength(segment, transport) + segment.payload.count
        let frameLength = (path.vlan == nil ? 14 : 18) + (path.isIPv6 ? 40 : 20) + transportLength

        file.buffer.append(littleEndian: UInt32(time / 1_000_000))
        file.buffer.append(littleEndian: UInt32(time % 1_000_000))
        file.buffer.append(littleEndian: UInt32(frameLength))
        file.buffer.append(littleEndian: UInt32(frameLength))
        appendEthernet(from: source, to: destination, path: path)
        if path.isIPv6 {
            appendIPv6(from: source, to: destination, transport, length: transportLength)
        } else {
            appendIPv4(from: source, to: destination, transport, length: transportLength, time: time)
        }
        let pseudoHeader =
            words(source.address) + words(destination.address)
            + UInt64(transport.rawValue) + UInt64(transportLength)
        switch transport {
        case .tcp: appendTCP(segment, from: source, to: destination, time: time, sum: pseudoHeader)
        case .udp: appendUDP(segment, from: source, to: destination, length: transportLength, sum: pseudoHeader)
        }
        switch segment.payload {
        case .nothing: break
        case .message(let bytes): file.buffer.append(contentsOf: bytes)
        case .ciphertext(let range): file.buffer.append(contentsOf: ciphertext.bytes[range])
        case .record(let range):
            file.buffer.append(0x17)
            file.buffer.append(bigEndian: 0x0303 << 16 | UInt32(range.count))
            file.buffer.append(contentsOf: ciphertext.bytes[range])
        }
        wireBytes += frameLength
        try file.flushIfFull()
    }

    private func headerLength(_ segment: Segment, _ transport: Transport) -> Int {
        switch transport {
        case .tcp: segment.flags.contains(.syn) ? 40 : 32
        case .udp: 8
        }
    }

    private func appendEthernet(from source: Endpoint, to destination: Endpoint, path: Path) {
        append(hardware: destination.hardware)
        append(hardware: source.hardware)
        if let vlan = path.vlan {
            file.buffer.append(bigEndian: 0x8100 as UInt16)
            file.buffer.append(bigEndian: vlan)
        }
        file.buffer.append(bigEndian: (path.isIPv6 ? 0x86dd : 0x0800) as UInt16)
    }

    private func append(hardware: UInt64) {
        file.buffer.append(bigEndian: UInt16(truncatingIfNeeded: hardware >> 32))
        file.buffer.append(bigEndian: UInt32(truncatingIfNeeded: hardware))
    }

    private func appendIPv4(
        from source: Endpoint, to destination: Endpoint, _ transport: Transport, length: Int, time: UInt64
    ) {
        let start = file.buffer.count
        file.buffer.append(bigEndian: 0x4500_0000 | UInt32(20 + length))
        file.buffer.append(bigEndian: UInt32(truncatingIfNeeded: time) << 16 | 0x4000)  // do not fragment
        file.buffer.append(bigEndian: 0x4000_0000 | UInt32(transport.rawValue) << 16)
        file.buffer.append(bigEndian: UInt32(truncatingIfNeeded: source.address.value))
        file.buffer.append(bigEndian: UInt32(truncatingIfNeeded: destination.address.value))
        setChecksum(at: start + 10, sum: sumOfBuffer(from: start))
    }

    private func appendIPv6(
        from source: Endpoint, to destination: Endpoint, _ transport: Transport, length: Int
    ) {
        file.buffer.append(bigEndian: 0x6000_0000 as UInt32)
        file.buffer.append(bigEndian: UInt32(length) << 16 | UInt32(transport.rawValue) << 8 | 64)
        file.buffer.append(bigEndian: source.address.value)
        file.buffer.append(bigEndian: destination.address.value)
    }

    /// RFC 9293, section 3.1, with the options that systems of today send.
    private func appendTCP(
        _ segment: Segment, from source: Endpoint, to destination: Endpoint, time: UInt64, sum: UInt64
    ) {
        let start = file.buffer.count
        let isOpening = segment.flags.contains(.syn)
        file.buffer.append(bigEndian: source.port)
        file.buffer.append(bigEndian: destination.port)
        file.buffer.append(bigEndian: segment.sequence)
        file.buffer.append(bigEndian: segment.acknowledgement)
        file.buffer.append(isOpening ? 0xa0 : 0x80)
        file.buffer.append(segment.flags.rawValue)
        file.buffer.append(bigEndian: 0xfaf0_0000 as UInt32)  // window, checksum
        file.buffer.append(bigEndian: 0 as UInt16)
        if isOpening {
            file.buffer.append(bigEndian: (source.address.isIPv6 ? 0x0204_05a0 : 0x0204_05b4) as UInt32)
            file.buffer.append(bigEndian: 0x0402_080a as UInt32)  // selective acknowledgements, time stamps
        } else {
            file.buffer.append(bigEndian: 0x0101_080a as UInt32)
        }
        file.buffer.append(bigEndian: UInt32(truncatingIfNeeded: time / 1000))
        file.buffer.append(bigEndian: segment.flags == .syn ? 0 : UInt32(truncatingIfNeeded: time / 1000 - 20))
        if isOpening { file.buffer.append(bigEndian: 0x0103_0307 as UInt32) }  // window scale
        setChecksum(at: start + 16, sum: sum + sumOfBuffer(from: start) + words(segment.payload))
    }

    private func appendUDP(
        _ segment: Segment, from source: Endpoint, to destination: Endpoint, length: Int, sum: UInt64
    ) {
        let start = file.buffer.count
        file.buffer.append(bigEndian: source.port)
        file.buffer.append(bigEndian: destination.port)
        file.buffer.append(bigEndian: UInt32(length) << 16)
        let total = sum + sumOfBuffer(from: start) + words(segment.payload)
        setChecksum(at: start + 6, sum: fold(total) == 0xffff ? 0 : total)  // zero is sent as all ones (RFC 768)
    }
}

/// The internet checksum (RFC 1071): the complement of the one's complement sum of 16-bit words.
extension FrameWriter {
    private func setChecksum(at offset: Int, sum: UInt64) {
        let folded = fold(sum)
        file.buffer[offset] = ~UInt8(truncatingIfNeeded: folded >> 8)
        file.buffer[offset + 1] = ~UInt8(truncatingIfNeeded: folded)
    }

    private func fold(_ sum: UInt64) -> UInt64 {
        var folded = sum
        while folded > 0xffff { folded = folded & 0xffff + folded >> 16 }
        return folded
    }

    private func sumOfBuffer(from start: Int) -> UInt64 {
        sum(of: file.buffer[start...])
    }

    private func sum(of bytes: ArraySlice<UInt8>) -> UInt64 {
        var sum: UInt64 = 0
        var index = bytes.startIndex
        while index < bytes.endIndex {
            sum += UInt64(bytes[index]) << 8
            if index + 1 < bytes.endIndex { sum += UInt64(bytes[index + 1]) }
            index += 2
        }
        return sum
    }

    private func words(_ payload: Payload) -> UInt64 {
        switch payload {
        case .nothing: 0
        case .message(let bytes): sum(of: bytes[...])
        case .ciphertext(let range): ciphertext.sum(range)
        case .record(let range):
            // Behind five bytes each byte of the cut stands in the other half of its word.
            0x1703 + 0x0300 + UInt64(range.count >> 8) + UInt64(range.count & 0xff) << 8
                + UInt64(UInt16(fold(ciphertext.sum(range))).byteSwapped)
        }
    }

    private func words(_ address: Address) -> UInt64 {
        var sum: UInt64 = 0
        var rest = address.value
        while rest != 0 {
            sum += UInt64(truncatingIfNeeded: rest & 0xffff)
            rest >>= 16
        }
        return sum
    }
}
