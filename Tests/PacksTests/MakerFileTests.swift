import Decoding
import Monitoring
import Packs
import Testing

@Suite struct MakerFileTests {
    private static func maker(_ text: String, _ table: MakerTable) throws -> String? {
        table.maker(of: try #require(MACAddress(text)))
    }

    /// Rows in the form of Debian's ieee-data 20220827.
    @Test func `the longest prefix tells the maker`() throws {
        var table = MakerTable()
        MakerFile.read(
            """
            Registry,Assignment,Organization Name,Organization Address
            MA-L,D07650,IEEE Registration Authority,445 Hoes Lane Piscataway NJ US 08554
            MA-M,D07650E,"Revox, Inc.","1, Rue de
            la Paix"
            MA-S,70B3D5F2F,TELEPLATFORMS,Moscow
            MA-L,00000G,Nobody,
            MA-M,741AE09,Private,
            """, into: &table)
        #expect(table.count == 3)
        #expect(try Self.maker("d0:76:50:e1:23:45", table) == "Revox, Inc.")
        #expect(try Self.maker("d0:76:50:d1:23:45", table) == "IEEE Registration Authority")
        #expect(try Self.maker("70:b3:d5:f2:f0:01", table) == "TELEPLATFORMS")
        #expect(try Self.maker("70:b3:d5:00:00:01", table) == nil)
    }

    @Test func `no maker stands behind an address that software has made up`() throws {
        var table = MakerTable()
        MakerFile.read("MA-L,020000,Some Maker,\n", into: &table)
        #expect(try Self.maker("02:00:00:00:00:01", table) == nil)
    }

    @Test func `the registries of the package are read whole`() throws {
        let table = try #require(MakerFile.load(), "the package ieee-data is missing: scripts/setup test")
        #expect(table.count > 30_000)
        #expect(try Self.maker("00:09:0f:12:34:56", table) == "Fortinet, Inc.")
        #expect(MakerFile.load(folder: "/nonexistent") == nil)
    }
}
