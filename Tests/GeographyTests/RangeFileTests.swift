import Decoding
import Geography
import Testing

@Suite struct RangeFileTests {
    private static let sound = """
        # Vendor:    Example Project
        #
        # Generated: Thu, 5 Nov 2026 04:33:59 GMT
        3221225984,3221226111,CN
        3221226112,3221226239,CN
        3221226240,3221226240,US
        3325256704,3325256959,??
        3405803776,3405803776,DE
        4294967295,4294967295,BR
        2001:db8:1::,2001:db8:1:ffff:ffff:ffff:ffff:ffff,JP
        2001:db8:3::,2001:DB8:3::1:0,FR

        """

    private func read(_ text: String, rowLimit: Int = 1_000) throws(GeoError) -> RangeFile {
        try RangeFile(reading: Array(text.utf8).span, path: "geoip", name: "geoip", rowLimit: rowLimit)
    }

    private func country(_ text: String, in file: RangeFile) throws -> String? {
        file.answer(for: try address(text)).country
    }

    @Test func `both ends of a range belong to it, and what lies between ranges is nowhere`() throws {
        let file = try read(Self.sound)
        for (text, wanted) in [
            ("0.0.0.0", nil), ("192.0.1.255", nil), ("192.0.2.0", "CN"), ("192.0.2.127", "CN"), ("192.0.2.128", "CN"),
            ("192.0.2.255", "CN"), ("192.0.3.0", "US"), ("192.0.3.1", nil), ("203.0.112.255", nil),
            ("203.0.113.0", "DE"), ("203.0.113.1", nil), ("255.255.255.255", "BR"), ("2001:db8:0:ffff::", nil),
            ("2001:db8:1::", "JP"), ("2001:db8:1:ffff:ffff:ffff:ffff:ffff", "JP"), ("2001:db8:2::", nil),
            ("2001:db8:3::ffff", "FR"), ("2001:db8:3::1:0", "FR"), ("2001:db8:3::1:1", nil), ("::", nil),
        ] {
            #expect(try country(text, in: file) == wanted, "\(text)")
        }
        #expect(file.rangeCount == 6)
    }

    @Test func `the head tells vendor and date, and a file without one has neither`() throws {
        let file = try read(Self.sound)
        #expect(file.name == "geoip (Example Project)" && file.date == "2026-11-05")
        let bare = try read("1,2,CN\n# Generated: Thu, 5 Nov 2026 04:33:59 GMT\n")
        #expect(bare.name == "geoip" && bare.date == nil)
        #expect(try read("# Generated: yesterday\r\n1,2,CN\r\n").date == nil)
    }

    @Test(arguments: ["??", "ZZ", "AP", "A1"])
    func `a code that names no country is none`(_ code: String) throws {
        #expect(try country("0.0.0.1", in: try read("1,1,\(code)")) == nil)
    }

    @Test(arguments: [
        ("::,::1,CN", "::1"), ("1::,1::,CN", "1::"), ("2001:db8::1,2001:db8::1,CN", "2001:db8::1"),
        ("1:2:3:4:5:6:7:8,1:2:3:4:5:6:7:8,CN", "1:2:3:4:5:6:7:8"), ("::8,::8,CN", "::8"),
        ("1:2:3::7:8,1:2:3::7:8,CN", "1:2:3::7:8"), ("1:2:3:4:5:6:7::,1:2:3:4:5:6:7::,CN", "1:2:3:4:5:6:7::"),
        ("FFFF::abcd,ffff::ABCD,CN", "ffff::abcd"),
    ])
    func `addresses are read in every way that RFC 4291 writes them`(_ row: String, _ text: String) throws {
        #expect(try country(text, in: try read(row)) == "CN")
    }

    /// What is spoilt, how, and what is said of it.
    private static let slips = [
        (",US", ";US", "geoip:6: '3221226240,3221226240;US' is no range; write 'start,end,CC'"),
        (
            "3405803776,3405803776", "203.0.113.0,203.0.113.0",
            "geoip:8: '203.0.113.0' is no address; write IPv4 as a decimal number, IPv6 as 2001:db8::"
        ),
        (
            "4294967295,4294967295", "4294967295,4294967296",
            "geoip:9: '4294967296' is no address; write IPv4 as a decimal number, IPv6 as 2001:db8::"
        ),
        (
            "2001:db8:3::,", "2001:db8::3::,",
            "geoip:11: '2001:db8::3::' is no address; write IPv4 as a decimal number, IPv6 as 2001:db8::"
        ),
        (
            "2001:DB8:3::1:0", "4294967295",
            "geoip:11: '2001:db8:3::,4294967295,FR' begins with one kind of address and ends with the other"
        ),
        (",DE", ",Germany", "geoip:8: 'Germany' is no country; write two capital letters, or ?? where it is unknown"),
        (",DE", ",de", "geoip:8: 'de' is no country; write two capital letters, or ?? where it is unknown"),
        (",DE", ",", "geoip:8: '' is no country; write two capital letters, or ?? where it is unknown"),
        (
            "3405803776,3405803776", "3405803776,3405803775",
            "geoip:8: the range '3405803776,3405803775,DE' does not lie behind the one before it; sort the file"
        ),
        (
            "3221226112,", "3221226111,",
            "geoip:5: the range '3221226111,3221226239,CN' does not lie behind the one before it; sort the file"
        ),
        (
            "4294967295,4294967295,BR", "4294967295,4294967295,BR\n4294967295,4294967295,BR",
            "geoip:10: the range '4294967295,4294967295,BR' does not lie behind the one before it; sort the file"
        ),
        (",DE", ",D\u{1b}", "geoip:8: 'D\\027' is no country; write two capital letters, or ?? where it is unknown"),
    ]

    @Test(arguments: slips)
    func `a line with a slip is told with file and line`(_ slip: String, _ other: String, _ message: String) throws {
        precondition(Self.sound.contains(slip))
        let error = #expect(throws: GeoError.self) { try read(Self.sound.replacing(slip, with: other)) }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        ":", ":::", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1::", "12345::", "g::",
        "::1.2.3.4",
        "1::2:", "::ffff:%0", "", "-1", "+1", "1 ", "0x10", "99999999999",
    ])
    func `what is no address is no address`(_ text: String) {
        #expect(throws: GeoError.self) { try read("\(text),\(text),CN") }
    }

    @Test func `a file without rows, and one with too many, is refused`() throws {
        #expect(throws: GeoError.self) { try read("# nothing\n") }
        let error = #expect(throws: GeoError.self) { try read("1,1,CN\n2,2,CN\n3,3,CN\n", rowLimit: 2) }
        #expect(error?.description == "geoip:3: more than 2 rows")
    }
}
