import Decoding

/// One DNS message.
///
/// Invariant: what is plausible off port 53 can be read to its last record; what is plausible there is so on port 53;
/// no name is longer than its bound, and the cursor only ever goes forward.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let message = unsafe UnsafeBufferPointer(start: start, count: count).span
    let isPlausible = DNSMessage.isPlausible(message, .anyPort)
    if isPlausible { require(DNSMessage.isPlausible(message, .knownPort), "DNS on any port but 53") }
    do throws(DecodingError) {
        let end = try read(message)
        if isPlausible { require(end == message.count, "plausible, and not read to its end") }
    } catch {
        require(!isPlausible, "plausible, and cannot be read")
    }
    return 0
}

/// Reads all questions and records.
///
/// - Returns: where the last one ends.
private func read(_ message: Bytes) throws(DecodingError) -> Int {
    var dns = try DNSMessage(reading: message)
    var offset = dns.offset
    while let question = try dns.nextQuestion(in: message) {
        check(question.name)
        require(dns.offset >= offset + 5 && dns.offset <= message.count, "a question ends at \(dns.offset)")
        offset = dns.offset
    }
    while let record = try dns.nextRecord(in: message, answersOnly: false) {
        check(record.owner)
        if case .alias(let target) = record.data { check(target) }
        require(dns.offset >= offset + 11 && dns.offset <= message.count, "a record ends at \(dns.offset)")
        offset = dns.offset
    }
    return offset
}

private func check(_ name: HostName) {
    require(!name.isTruncated && name.count <= 253, "a name of \(name.count) bytes")
    require(
        name.description.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }, "a name that a terminal would not survive")
}
