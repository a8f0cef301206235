import Alerting
import Decoding
import Monitoring

/// What was seen and what was not, for the end of a run.
enum Totals {
    static func report(_ counters: Counters, isVerbose: Bool) {
        Console.say("\(counters.packets) packets (\(counters.ipPackets) IP), \(counters.flows) flows")
        let names = [
            (counters.dnsNames, "DNS"), (counters.tlsNames, "TLS"), (counters.quicNames, "QUIC"),
            (counters.dtlsNames, "DTLS"), (counters.certificateNames, "in certificates"),
            (counters.httpNames, "in HTTP requests"), (counters.proxyNames, "given to proxies"),
            (counters.resolvedNames, "resolved before"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        Console.say("names: \(names.isEmpty ? "none" : names.joined(separator: ", "))")
        if counters.hellosWithoutName > 0 { Console.say("\(counters.hellosWithoutName) hellos named no server") }
        let losses = [
            (counters.flowsEvicted, "flows given up: the flow table was full"),
            (counters.prefixesEvicted, "unfinished hellos given up: the pool was full"),
            (counters.datagramsEvicted, "fragmented datagrams given up: the room for fragments was full"),
            (counters.bindingsEvicted, "resolved addresses forgotten: the address book was full"),
            (counters.publishedKeysEvicted, "names' keys for encrypted hellos forgotten: their table was full"),
        ]
        for (count, what) in losses where count > 0 { Console.say("\(count) \(what)") }
        reportHosts(counters)
        report(anomaliesOf: counters, isVerbose: isVerbose)
    }

    /// What had to be let go of what packets told of hosts.
    static func reportHosts(_ counters: Counters) {
        let losses = [
            (counters.hostFactsDropped, "facts about hosts let go: too many came at once"),
            (counters.toldHostsEvicted, "addresses of hosts forgotten: their table was full"),
            (counters.clientNamesEvicted, "clients of DHCP forgotten before their answer: their table was full"),
        ]
        for (count, what) in losses where count > 0 { Console.say("\(count) \(what)") }
    }

    static func report(anomaliesOf counters: Counters, isVerbose: Bool) {
        let anomalies = Anomaly.allCases.filter { counters[$0] > 0 }
        guard !anomalies.isEmpty else { return }
        if isVerbose {
            for anomaly in anomalies { Console.say("  \(counters[anomaly]) \(anomaly.name)") }
        } else {
            let sum = anomalies.reduce(UInt64(0)) { $0 + counters[$1] }
            Console.say("\(sum) anomalies of \(anomalies.count) kinds (--verbose names them)")
        }
    }

    static func report(_ totals: Desk.Totals, _ counters: Counters) {
        let alerts = Severity.allCases.reversed().compactMap { severity in
            totals.alerts[severity].map { "\($0) \(severity.rawValue)" }
        }
        Console.say(
            "\(counters.matches) sightings of vendors, alerts: \(alerts.isEmpty ? "none" : alerts.joined(separator: ", "))"
        )
        if totals.sightingsExcepted > 0 {
            Console.say("\(totals.sightingsExcepted) of them are excepted and raised no alert")
        }
        if counters.forwardedQueries > 0 {
            Console.say(
                "\(counters.forwardedQueries) look-ups that a resolver passed on for a client were not counted again")
        }
        if counters.matchesNotOutbound > 0 {
            Console.say(
                "\(counters.matchesNotOutbound) sightings did not go from a home network outward and were left out: --home says which networks are home"
            )
        }
        let hidden = counters.coverage.encryptedDNS
        if hidden.flows > 0 {
            let relays = counters.coverage.relayFlows > 0 ? " and relays" : ""
            Console.say(
                "\(hidden.flows) flows of \(hidden.unlistedFlows > 0 ? "more than " : "")\(hidden.clientCount) clients to encrypted DNS\(relays): their look-ups are hidden from here (names --coverage lists them)"
            )
        }
        let losses = [
            (totals.sightingsDropped, "sightings dropped: alerts could not be handed over fast enough"),
            (totals.alertsUndelivered, "alerts were not delivered"),
            (totals.statesEvicted, "findings' alerts forgotten: they will alert as new"),
            (totals.hostsEvicted, "hosts forgotten: the book of hosts was full"),
            (totals.findingsEvicted, "findings let go: too many at once"),
            (totals.trafficUnplaced, "bytes of findings that had been let go"),
            (UInt64(totals.notStored), "findings and alerts that the ledger did not take"),
        ]
        for (count, what) in losses where count > 0 { Console.say("\(count) \(what)") }
    }
}
