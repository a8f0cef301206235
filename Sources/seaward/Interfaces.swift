import ArgumentParser
import Capture

struct Interfaces: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the network interfaces that 'watch' can use.")

    func run() throws {
        var table = TextTable(["INTERFACE", "STATE", "ADDRESSES"])
        for interface in try Console.attempt({ () throws(CaptureError) in try CaptureInterface.all() }) {
            let state = (interface.isUp ? "up" : "down") + (interface.isLoopback ? ", loopback" : "")
            table.add([interface.name, state, interface.addresses.joined(separator: " ")])
        }
        try table.print()
    }
}
