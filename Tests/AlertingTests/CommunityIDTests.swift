import Alerting
import Decoding
import Testing

/// Expected values come from an independent implementation, Corelight's Python package `communityid` 1.5.0:
/// `CommunityID().calc(FlowTuple(PROTO_TCP, "10.20.1.11", "203.0.113.10", 51234, 443))`.
@Suite struct CommunityIDTests {
    struct Flow: CustomTestStringConvertible {
        let transport: IPProtocol
        let source: String, sourcePort: UInt16
        let destination: String, destinationPort: UInt16
        let id: String

        init(
            _ transport: IPProtocol, _ source: String, _ sourcePort: UInt16, _ destination: String, _ port: UInt16,
            _ id: String
        ) {
            self.transport = transport
            self.source = source
            self.sourcePort = sourcePort
            self.destination = destination
            destinationPort = port
            self.id = id
        }

        var testDescription: String { "\(transport) \(source) \(sourcePort) \(destination) \(destinationPort)" }
    }

    static let flows = [
        Flow(.tcp, "10.20.1.11", 51_234, "203.0.113.10", 443, "1:lQ1U+yTv73UstebAHDab9WoJCE4="),
        Flow(.udp, "10.20.1.11", 40_000, "192.0.2.53", 53, "1:rky2FJTh4UOxPCdC8riXRMuAGeQ="),
        Flow(.tcp, "192.168.1.200", 1, "9.9.9.9", 65_535, "1:Nl+iqeXxXd42HVOR1x8x1J9xYSY="),
        Flow(.tcp, "128.232.110.120", 34_855, "66.35.250.204", 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="),
        Flow(.tcp, "10.0.0.1", 443, "10.0.0.1", 50_000, "1:9KYDSfoDz+zbeBZCvQqscCyE6pE="),
        Flow(.tcp, "2001:db8:1::11", 51_234, "2001:db8:ffff::10", 443, "1:gFDPNri3ddDAnuSOoNdfq0sNAro="),
        Flow(.udp, "fd00::1", 5_353, "2001:db8::53", 53, "1:ZL9VyLMQ0TUVPuqFtPZtRx5r/3Y="),
        Flow(.udp, "fe80::1", 53, "fe80::1", 53, "1:SPl6o3hrW71SVL9NzCas1ZIZWiQ="),
    ]

    @Test(arguments: flows)
    func `a flow has the identifier that other tools give it, seen from either end`(_ flow: Flow) {
        let source = IPAddress(text: flow.source), destination = IPAddress(text: flow.destination)
        #expect(
            communityID(
                source: source, destination: destination, transport: flow.transport, sourcePort: flow.sourcePort,
                destinationPort: flow.destinationPort) == flow.id)
        #expect(
            communityID(
                source: destination, destination: source, transport: flow.transport, sourcePort: flow.destinationPort,
                destinationPort: flow.sourcePort) == flow.id)
    }
}
