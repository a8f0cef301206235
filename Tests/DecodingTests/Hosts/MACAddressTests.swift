import Decoding
import Testing

@Suite struct MACAddressTests {
    @Test(arguments: ["00:09:0f:aa:bb:cc", "00-09-0F-AA-BB-CC", "0009.0faa.bbcc"])
    func `it is read as Linux, Windows and Cisco write it, and printed as Linux does`(_ text: String) {
        #expect(MACAddress(text)?.description == "00:09:0f:aa:bb:cc")
    }

    @Test(arguments: [
        "", "00:09:0f", "00:09:0f:aa:bb:c", "00:09:0f:aa:bb:cg", "0:09:0f:aa:bb:0cc", "00:09:0f:aa:bb:cc:", "10.0.0.5",
        "00090faabbcc", "00:09:0f:aa:bb:٣٣", "fd20::5",
    ])
    func `anything else is none`(_ text: String) { #expect(MACAddress(text) == nil) }

    @Test func `a card is neither nobody's nor a group's`() {
        #expect(MACAddress(bits: 0x0009_0f12_3456).isOfOneHost)
        #expect(!MACAddress(bits: 0).isOfOneHost && !MACAddress(bits: 0x0100_5e00_0001).isOfOneHost)
        #expect(!MACAddress(bits: 0xffff_ffff_ffff).isOfOneHost)
        #expect(MACAddress(bits: 0x0200_0000_0001).isLocallyAdministered)
    }
}
