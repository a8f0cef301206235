import Decoding
import Monitoring
import Testing

@Suite struct MACPrefixTests {
    @Test(arguments: [
        ("00:09:0f", 24, "00:09:0f"), ("00-09-0F", 24, "00:09:0f"), ("d0:76:50:e", 28, "d0:76:50:e"),
        ("70:b3:d5:12:3", 36, "70:b3:d5:12:3"),
    ])
    func `the three lengths that are handed out`(_ example: (text: String, length: Int, shown: String)) throws {
        let prefix = try #require(MACPrefix(example.text))
        #expect(prefix.length == example.length && prefix.description == example.shown)
    }

    @Test(arguments: [
        "", "00:09", "00:09:0", "00:09:0f:", "00:09:0f:11", "00:09:0f:11:22:33", "00090f", "0:9:f", "00:09-0f",
        "00:09:0g",
        "٠٠:09:0f", "00:09:0f/24",
    ])
    func `anything else is none`(_ text: String) { #expect(MACPrefix(text) == nil) }

    @Test func `it holds for the addresses that begin with it`() throws {
        let prefix = try #require(MACPrefix("d0:76:50:e"))
        let (inside, outside): ([UInt64], [UInt64]) = ([0xd076_50e0_0000, 0xd076_50ef_ffff], [0xd076_50d0_0000, 0])
        for bits in inside { #expect(prefix.contains(MACAddress(bits: bits))) }
        for bits in outside { #expect(!prefix.contains(MACAddress(bits: bits))) }
    }
}
