import Alerting
import Dispatch
import Monitoring
import Packs
import Synchronization

/// Reads the packs and the exceptions anew beside the capture thread, which must not wait for files.
final class Reloader: Sendable {
    private let rules: [String]
    private let exceptions: String?
    private let delivery: Delivery
    private let queue = DispatchQueue(label: "seaward.reload")
    private let makeRecording: (@Sendable (PackSet) -> Recording)?
    private let result = Mutex<Outcome?>(nil)

    /// What to go on with.
    struct Outcome {
        let endpoints: EndpointTable
        /// Nil where no ledger is kept.
        let recording: Recording?
    }

    /// - Parameters:
    ///   - rules: paths of packs as they were named.
    ///   - exceptions: the file of exceptions, the same way.
    init(
        rules: [String], exceptions: String?, delivery: Delivery, makeRecording: (@Sendable (PackSet) -> Recording)?
    ) {
        self.rules = rules
        self.exceptions = exceptions
        self.delivery = delivery
        self.makeRecording = makeRecording
    }

    /// - Parameter current: how many endpoints are in use. Far fewer would blind the monitor, and are refused.
    func start(current: Int) {
        queue.async {
            // What is wrong with the default place has been told.
            guard let paths = try? PackOptions.paths(named: self.rules) else { return }
            do throws(PackSetError) {
                let set = try PackSet.load(paths: paths).checked()
                let endpoints = set.endpoints
                guard endpoints.count * 2 >= current else {
                    Console.say(
                        "seaward: the packs have only \(endpoints.count) endpoints instead of \(current): refused, the old ones stay; restart seaward if that is meant"
                    )
                    return
                }
                let agreed = try ExceptionOptions.load(self.exceptions, set)
                self.delivery.replace(agreed)
                let outcome = Outcome(endpoints: EndpointTable(endpoints), recording: self.makeRecording?(set))
                self.result.withLock { $0 = outcome }
                Console.say("seaward: packs read anew: \(endpoints.count) endpoints of \(set.packs.count) vendors")
            } catch {
                Console.say("seaward: the packs or the exceptions cannot be used, the old ones stay:\n\(error)")
            }
        }
    }

    func finished() -> Outcome? {
        result.withLock { outcome in
            defer { outcome = nil }
            return outcome
        }
    }
}
