import Decoding
import Monitoring

/// What was seen and what was not, for the end of a run.
enum Totals {
    static func report(_ counters: Counters, openFlows: Int, isVerbose: Bool) {
        Console.say(
            "\(counters.packets) packets (\(counters.ipPackets) IP), \(counters.flows) flows, "
                + "\(counters.dnsNames) DNS names, \(counters.tlsNames) TLS names")
        let losses = [
            (counters.flowsEvicted, "flows given up: the flow table was full"),
            (counters.prefixesEvicted, "unfinished hellos given up: the pool was full"),
        ]
        for (count, what) in losses where count > 0 { Console.say("\(count) \(what)") }
        let anomalies = Anomaly.allCases.filter { counters[$0] > 0 }
        guard !anomalies.isEmpty else { return }
        if isVerbose {
            for anomaly in anomalies { Console.say("  \(counters[anomaly]) \(anomaly.name)") }
        } else {
            let sum = anomalies.reduce(UInt64(0)) { $0 + counters[$1] }
            Console.say("\(sum) anomalies of \(anomalies.count) kinds (--verbose names them)")
        }
    }
}
