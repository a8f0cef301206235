/// What findings were counted from: a capture file, or all that one sensor has seen live.
package struct Recording: Sendable {
    /// The raw value is the word in stores and output.
    package enum Kind: String, Sendable { case live, file }

    /// The same for the same packets, whatever the file is called: 32 hexadecimal digits. Live: the same for the same
    /// sensor, as long as its ledger lives.
    package let id: String
    package let kind: Kind
    /// The file's name without folders, or the sensor's: `gw1 eth1`.
    package let name: String
    /// The version of Seaward.
    package var program: String
    /// The packs that were in use, by identifier their versions.
    package var packs: [String: String]
    /// SHA-256 over the entries that were in use, in hexadecimal digits.
    package var packsDigest: String
    /// Name and date of the country database; nil without one.
    package var geography: String?
    /// Of packets; nil before the first.
    package var firstPacket, lastPacket: Timestamp?

    package init(
        id: String, kind: Kind, name: String, program: String, packs: [String: String], packsDigest: String,
        geography: String?, firstPacket: Timestamp? = nil, lastPacket: Timestamp? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.program = program
        self.packs = packs
        self.packsDigest = packsDigest
        self.geography = geography
        self.firstPacket = firstPacket
        self.lastPacket = lastPacket
    }
}
