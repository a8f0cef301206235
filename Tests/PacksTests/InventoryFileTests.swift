import Decoding
import Monitoring
import Packs
import Testing

@Suite struct InventoryFileTests {
    private static func problems(_ text: String, rowLimit: Int = 10) -> [String] {
        InventoryFile.read(text, file: "hosts.csv", rowLimit: rowLimit).problems.map(\.description)
    }

    @Test func `a table of addresses and cards becomes an inventory`() throws {
        let text = """
            # what stands in the office, "by hand"
            address,MAC,name,owner,site
            10.20.1.5,00:11:22:33:44:55,Reception PC,"Li, Mei",杭州

            # the rest
            fd20::7,,Printer,,
            00-11-22-33-44-66,,Camera,,
            10.20.1.6,,Printer,,
            """
        let inventory = try InventoryFile.read(text, file: "hosts.csv").checked()
        let desk = Inventory.Entry(name: "Reception PC", owner: "Li, Mei", site: "杭州")
        #expect(inventory.count == 4)
        #expect(inventory.entry(of: try #require(IPAddress("10.20.1.5"))) == desk)
        #expect(inventory.entry(of: try #require(MACAddress("00:11:22:33:44:55"))) == desk)
        #expect(inventory.entry(of: try #require(MACAddress("00:11:22:33:44:66")))?.name == "Camera")
        #expect(inventory.entry(of: try #require(IPAddress("fd20::7")))?.name == "Printer")
        #expect(inventory.entry(of: try #require(IPAddress("10.20.1.9"))) == nil)
    }

    @Test(arguments: [
        ("", "hosts.csv: the file is empty; begin with 'address,name,owner,site'"),
        ("adress,name\n", "hosts.csv:1: unknown column 'adress'; did you mean 'address'?"),
        ("address,owner\n", "hosts.csv:1: no column 'name'; begin with 'address,name,owner,site'"),
        ("name,owner\n", "hosts.csv:1: no column 'address' and none 'mac'; a host is known by one of them"),
        ("name,name,mac\n", "hosts.csv:1: the column 'name' is there twice; remove one of the two"),
        (
            "#\naddress,name\n10.0.0.256,PC\n",
            "hosts.csv:3: '10.0.0.256' is no address; write it as 10.20.1.5, fd20::5 or 00:11:22:33:44:55; networks are not for an inventory"
        ),
        ("address,name\n,PC\n", "hosts.csv:2: the host has no address; give an address, a hardware address or both"),
        ("address,name\n10.0.0.5,\n", "hosts.csv:2: the host has no name"),
        (
            "address,name\n10.0.0.5,Li, Mei\n",
            "hosts.csv:2: 3 cells, where the head has 2; put cells with commas in quotes"
        ),
        (
            "address,name\n10.0.0.5,\"PC\n",
            "hosts.csv:2: a quote that does not end, or text behind one; write a quote in a cell as \"\""
        ),
        (
            "address,name\n10.0.0.5,PC\n\n10.0.0.5,Laptop\n",
            "hosts.csv:4: an address of 'Laptop' belongs to line 2 already; remove one of the two"
        ),
        (
            "address,name\n10.0.0.5,\"two\nlines\"\n",
            "hosts.csv:2: 'two\u{FFFD}lines' holds a line break or a control character; keep it on one line"
        ),
    ])
    func `what is wrong is told with its line and the likely fix`(text: String, problem: String) {
        #expect(Self.problems(text) == [problem])
    }

    @Test func `a list without end is refused`() {
        let rows = (1...4).map { "10.0.0.\($0),PC \($0)\n" }.joined()
        #expect(Self.problems("address,name\n" + rows, rowLimit: 4) == [])
        #expect(
            Self.problems("address,name\n" + rows, rowLimit: 3)
                == ["hosts.csv:5: more than 3 hosts; leave out those that are never seen"])
    }

    @Test func `a file with an error is not used in part`() {
        let file = InventoryFile.read("address,name\n10.0.0.5,PC\n10.0.0.6,\n", file: "hosts.csv")
        #expect(throws: PackSetError.self) { try file.checked() }
        #expect(throws: PackSetError.self) { try InventoryFile.load("/nonexistent/hosts.csv").checked() }
    }
}
