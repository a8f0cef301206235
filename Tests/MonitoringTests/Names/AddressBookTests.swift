import Decoding
@testable import Monitoring
import TestSupport
import Testing

@Suite struct AddressBookTests {
    private let client = ip("10.0.0.1")
    private let other = ip("10.0.0.2")
    private let server = ip("203.0.113.9")

    private func time(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }

    @Test func `an answer holds for the client that asked and for nobody else`() {
        var book = AddressBook()
        book.bind(HostName("update.example.com"), to: server, for: client, timeToLive: 60, at: time(0))
        #expect(book.name(of: server, for: client, at: time(10)) == HostName("update.example.com"))
        #expect(book.name(of: server, for: other, at: time(10)) == nil)
        #expect(book.name(of: other, for: client, at: time(10)) == nil)
    }

    @Test func `an answer says nothing of the time before it, and its repetition nothing new`() {
        var book = AddressBook()
        book.bind(HostName("a.example"), to: server, for: client, timeToLive: 60, at: time(10))
        #expect(book.name(of: server, for: client, at: time(9)) == nil)
        book.bind(HostName("a.example"), to: server, for: client, timeToLive: 60, at: time(50))
        #expect(book.name(of: server, for: client, at: time(20)) == HostName("a.example"))
        book.bind(HostName("b.example"), to: server, for: client, timeToLive: 60, at: time(60))
        #expect(book.name(of: server, for: client, at: time(55)) == nil)
    }

    @Test func `an answer ends with its time to live and the grace`() {
        var book = AddressBook()
        book.bind(HostName("a.example"), to: server, for: client, timeToLive: 60, at: time(0))
        #expect(book.name(of: server, for: client, at: time(60 + AddressBook.grace)) != nil)
        #expect(book.name(of: server, for: client, at: time(61 + AddressBook.grace)) == nil)
    }

    @Test func `a time to live of a century holds for a day`() {
        var book = AddressBook()
        book.bind(HostName("a.example"), to: server, for: client, timeToLive: .max, at: time(0))
        #expect(book.name(of: server, for: client, at: time(86_400)) != nil)
        #expect(book.name(of: server, for: client, at: time(2 * 86_400)) == nil)
    }

    @Test func `a later answer replaces an earlier one`() {
        var book = AddressBook()
        book.bind(HostName("a.example"), to: server, for: client, timeToLive: 60, at: time(0))
        book.bind(HostName("b.example"), to: server, for: client, timeToLive: 60, at: time(1))
        #expect(book.name(of: server, for: client, at: time(2)) == HostName("b.example"))
        #expect(book.count == 1)
    }

    @Test func `an address that turns out to be somebody else's too has no name`() {
        var book = AddressBook()
        book.bind(HostName("a.example"), to: server, for: client, timeToLive: 60, at: time(0))
        book.unbind(server, for: client)
        #expect(book.name(of: server, for: client, at: time(1)) == nil)
        #expect(book.isEmpty)
    }

    @Test func `a flood of answers keeps to the limit, is counted, and leaves the latest ones`() {
        var book = AddressBook(limit: 1_000)
        for number in 0..<100_000 {
            let address = IPAddress(v4: 0xcb00_0000 + UInt32(number))
            book.bind(HostName("flood.example"), to: address, for: client, timeToLive: 60, at: time(1))
            #expect(book.count <= 1_000)
        }
        book.bind(HostName("late.example"), to: server, for: client, timeToLive: 60, at: time(1))
        for number in 0..<499 {
            let address = IPAddress(v4: 0xcc00_0000 + UInt32(number))
            book.bind(HostName("flood.example"), to: address, for: client, timeToLive: 60, at: time(1))
        }
        #expect(book.evicted > 98_000)
        #expect(book.name(of: server, for: client, at: time(2)) == HostName("late.example"))
    }

    @Test func `what has expired by the time that it goes is no loss`() {
        var book = AddressBook(limit: 100)
        for number in 0..<1_000 {
            let address = IPAddress(v4: 0xcb00_0000 + UInt32(number))
            book.bind(HostName("a.example"), to: address, for: client, timeToLive: 0, at: time(Int64(number) * 100))
        }
        #expect(book.evicted == 0)
    }

    @Test func `names without end do not fill the book for good`() {
        var book = AddressBook()
        for number in 0..<(3 * AddressBook.nameLimit + 100) {
            book.bind(HostName("n\(number).example"), to: server, for: client, timeToLive: 60, at: time(0))
        }
        let last = HostName("n\(3 * AddressBook.nameLimit + 99).example")
        #expect(book.name(of: server, for: client, at: time(1)) == last)
        #expect(book.count <= 2)
    }
}
