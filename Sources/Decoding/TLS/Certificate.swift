/// The names in an X.509 certificate (RFC 5280): whose it is, who signed it, and for which hosts it holds.
///
/// Only ranges are kept; the certificate's bytes stay with the caller and are passed to every call.
package struct Certificate: Sendable {
    /// The parts of a distinguished name that tell a product or a vendor (RFC 5280, section 4.1.2.4).
    package struct Name: Sendable {
        package fileprivate(set) var commonName, organization, organizationalUnit: Range<Int>?
    }

    package private(set) var issuer = Name()
    package private(set) var subject = Name()
    /// What is left of the list of alternative names.
    private var alternatives = 0..<0

    /// Reads a certificate.
    ///
    /// - Throws: where it cannot be what it claims before the subject's name. Behind that, what was read holds.
    package init(reading bytes: Bytes) throws(DecodingError) {
        var all = 0..<bytes.count
        var outer = try DERElement(DERElement.sequence, in: bytes, reading: &all).contents
        var fields = try DERElement(DERElement.sequence, in: bytes, reading: &outer).contents
        // The version comes first, where there is one; the serial number and the algorithm follow.
        if fields.count > 0, bytes[fields.lowerBound] == 0xa0 { _ = try DERElement(in: bytes, reading: &fields) }
        _ = try DERElement(in: bytes, reading: &fields)
        _ = try DERElement(DERElement.sequence, in: bytes, reading: &fields)
        issuer = try Self.name(in: bytes, &fields)
        _ = try DERElement(DERElement.sequence, in: bytes, reading: &fields)
        subject = try Self.name(in: bytes, &fields)
        do throws(DecodingError) {
            while !fields.isEmpty {
                let field = try DERElement(in: bytes, reading: &fields)
                if field.tag == 0xa3 { try readExtensions(bytes, field.contents) }
            }
        } catch {
            // A name is there already, and extensions say nothing against it.
        }
    }

    /// The next host that the certificate holds for (section 4.2.1.6, dNSName), or nil behind the last one.
    package mutating func nextHost(in bytes: Bytes) -> Range<Int>? {
        do throws(DecodingError) {
            while !alternatives.isEmpty {
                let entry = try DERElement(in: bytes, reading: &alternatives)
                if entry.tag == 0x82, !entry.contents.isEmpty { return entry.contents }
            }
        } catch {
            alternatives = 0..<0
        }
        return nil
    }

    private static func name(in bytes: Bytes, _ fields: inout Range<Int>) throws(DecodingError) -> Name {
        var name = Name()
        var sets = try DERElement(DERElement.sequence, in: bytes, reading: &fields).contents
        while !sets.isEmpty {
            var pairs = try DERElement(DERElement.set, in: bytes, reading: &sets).contents
            while !pairs.isEmpty {
                var pair = try DERElement(DERElement.sequence, in: bytes, reading: &pairs).contents
                let type = try DERElement(DERElement.objectIdentifier, in: bytes, reading: &pair).contents
                let value = try DERElement(in: bytes, reading: &pair)
                // id-at: 2.5.4, the attribute in one byte. Of several the last one is the most specific.
                guard type.count == 3, bytes[type.lowerBound] == 0x55, bytes[type.lowerBound + 1] == 0x04,
                    !value.contents.isEmpty
                else { continue }
                switch bytes[type.lowerBound + 2] {
                case 3: name.commonName = value.contents
                case 10: name.organization = value.contents
                case 11: name.organizationalUnit = value.contents
                default: break
                }
            }
        }
        return name
    }

    private mutating func readExtensions(_ bytes: Bytes, _ field: Range<Int>) throws(DecodingError) {
        var field = field
        var list = try DERElement(DERElement.sequence, in: bytes, reading: &field).contents
        while !list.isEmpty {
            var parts = try DERElement(DERElement.sequence, in: bytes, reading: &list).contents
            let type = try DERElement(DERElement.objectIdentifier, in: bytes, reading: &parts).contents
            // id-ce-subjectAltName: 2.5.29.17.
            guard type.count == 3, bytes[type.lowerBound] == 0x55, bytes[type.lowerBound + 1] == 0x1d,
                bytes[type.lowerBound + 2] == 17
            else { continue }
            var value = try DERElement(in: bytes, reading: &parts)
            if value.tag == DERElement.boolean { value = try DERElement(in: bytes, reading: &parts) }
            guard value.tag == DERElement.octetString else { throw .anomaly(.certificateMalformed) }
            var contents = value.contents
            alternatives = try DERElement(DERElement.sequence, in: bytes, reading: &contents).contents
        }
    }
}
