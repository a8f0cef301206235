import Capture
import Foundation
import Testing

/// Every message names the file, what is wrong, and how much was read.
@Suite struct DamagedFileTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Reads to the end: how many packets came, and the error.
    private func read(_ path: String) -> (count: Int, error: String) {
        var count = 0
        do throws(CaptureError) {
            let file = try CaptureFile(path: path, filter: nil)
            while try file.read(upTo: 100, { _, _ in count += 1 }) {}
            return (count, "none")
        } catch {
            return (count, error.description)
        }
    }

    private static let packets = (0..<3).map { CaptureBytes.Packet(Int64($0) * 1_000, Array(repeating: 7, count: 100)) }

    @Test func `a file that is not there`() {
        let path = folder.path + "/missing.pcap"
        #expect(read(path) == (0, "\(path): No such file or directory"))
    }

    @Test func `a folder`() {
        #expect(read(folder.path) == (0, "\(folder.path): a folder, not a capture; nothing was read"))
    }

    @Test func `an empty file`() throws {
        let path = try folder.file("empty.pcap", [])
        #expect(read(path) == (0, "\(path): it is empty; nothing was read"))
    }

    @Test(arguments: ["This is no capture, but a text that is long enough for a header.", "{\"a\": 1}"])
    func `a file of another kind`(_ text: String) throws {
        let path = try folder.file("notes.txt", Array(text.utf8))
        let (count, error) = read(path)
        #expect(
            count == 0 && error.hasPrefix("\(path): neither pcap nor pcapng") && error.hasSuffix("; nothing was read"))
    }

    @Test func `a file that is compressed in a way not known here is named with what unpacks it`() throws {
        let path = try folder.file("capture.pcap.packed", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4])
        let error = read(path).error
        #expect(error.hasPrefix("\(path): compressed with xz; ") && error.contains("xz -dc"))
    }

    @Test(arguments: [false, true], [12, 20, 23])
    func `a file that ends in its header`(_ isNext: Bool, _ length: Int) throws {
        let bytes = isNext ? CaptureBytes.pcapng(Self.packets) : CaptureBytes.pcap(Self.packets)
        let path = try folder.file("cut", Array(bytes.prefix(length)))
        let (count, error) = read(path)
        #expect(count == 0 && error.hasPrefix("\(path): the file is cut (") && error.hasSuffix("; nothing was read"))
    }

    @Test func `a file of a few bytes that begins as pcap is cut and not empty`() throws {
        let path = try folder.file("cut", Array(CaptureBytes.pcap([]).prefix(4)))
        #expect(read(path).error.hasPrefix("\(path): the file is cut ("))
    }

    @Test(arguments: [1, 15, 16, 17, 115])
    func `a pcap file that ends in its second packet keeps the first`(_ length: Int) throws {
        let path = try folder.file("cut.pcap", Array(CaptureBytes.pcap(Self.packets).prefix(24 + 116 + length)))
        let (count, error) = read(path)
        #expect(count == 1 && error.hasPrefix("\(path): the file is cut ("))
        #expect(error.hasSuffix("; 1 packet was read before that"))
    }

    @Test(arguments: [1, 12, 131])
    func `a pcapng file that ends in its last packet keeps the others`(_ length: Int) throws {
        let path = try folder.file("cut.pcapng", CaptureBytes.pcapng(Self.packets).dropLast(length))
        let (count, error) = read(path)
        #expect(count == 2 && error.hasPrefix("\(path): the file is cut ("))
        #expect(error.hasSuffix("; 2 packets were read before that"))
    }

    @Test(arguments: [0x7fff_ffff, -1, 300_000])
    func `a packet that claims an impossible length ends the reading`(_ length: Int) throws {
        var packets = Self.packets
        packets[1].keptLength = length
        for bytes in [CaptureBytes.pcap(packets), CaptureBytes.pcapng(packets)] {
            let path = try folder.file("lies", bytes)
            let (count, error) = read(path)
            #expect(count == 1 && error.hasPrefix("\(path): ") && error.hasSuffix("; 1 packet was read before that"))
        }
    }
}
