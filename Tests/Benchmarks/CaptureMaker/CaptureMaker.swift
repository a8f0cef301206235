import ArgumentParser

/// Writes the capture that the benchmark reads: the same options give the same bytes.
@main
struct CaptureMaker: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture-maker",
        abstract: "Write a made-up but realistic capture of a gateway's inside interface.",
        discussion: """
            DNS, TLS, HTTP and UDP conversations of a few thousand hosts, interleaved as a gateway sees them. \
            The file is a pcap with microseconds and Ethernet. The same options give the same bytes.
            """)

    @Option(name: .shortAndLong, help: "Packets to write; about 760 bytes each.")
    var packets = 1_000_000

    @Option(name: .shortAndLong, help: "Conversations to open, DNS lookups among them.")
    var flows = 20_000

    @Option(help: ArgumentHelp("Share of the conversations that go to a vendor's names.", valueName: "percent"))
    var vendorShare = 5.0

    @Option(
        help: ArgumentHelp(
            "Share of QUIC in what is not a DNS lookup; its Initial packets can be opened.", valueName: "percent"))
    var quicShare = 0.0

    @Option(help: "Another seed gives another capture of the same kind.")
    var seed: UInt64 = 1

    @Argument(help: "The file to write.", completion: .file(extensions: ["pcap"]))
    var output: String

    func validate() throws {
        guard packets > 0, flows > 0 else { throw ValidationError("--packets and --flows are at least 1.") }
        guard (0...100).contains(vendorShare) else { throw ValidationError("--vendor-share is from 0 to 100.") }
        guard (0...100).contains(quicShare) else { throw ValidationError("--quic-share is from 0 to 100.") }
    }

    func run() throws {
        var random = RandomSource(seed: seed)
        let ciphertext = Ciphertext(random: &random)
        let internet = Internet(vendorShare: vendorShare / 100, random: &random)
        var traffic = Traffic(
            internet: internet, flows: flows, packets: packets, quicShare: quicShare / 100, random: random)
        let file = try CaptureFile(path: output)
        var frames = FrameWriter(file: file, ciphertext: ciphertext)
        for _ in 0..<packets { try traffic.writeNextPacket(to: &frames) }
        try frames.finish()
        let bytes = frames.wireBytes / packets
        print("\(output): \(packets) packets, \(traffic.opened) conversations, \(bytes) bytes a packet")
    }
}
