import Decoding
import Foundation
import Monitoring

/// The native record: one JSON object a line, in the field names of the Elastic Common Schema, version 9.
/// What ECS lacks stands under `seaward`.
///
/// `Tests/native-record.schema.json` freezes it.
package struct NativeRecord {
    package let observer: Observer

    /// The sensor that reports.
    package struct Observer: Sendable {
        package var version: String
        /// Nil in a replay: the same capture gives the same bytes on every machine.
        package var hostname: String?
        /// The names of the watched interfaces, by their number in the sightings; empty in a replay.
        package var interfaces: [String]
        /// The home country, ISO 3166-1 alpha-2, and the territories that count as domestic with it.
        package var home: [String]

        package init(version: String, hostname: String? = nil, interfaces: [String] = [], home: [String] = ["CN"]) {
            self.version = version
            self.hostname = hostname
            self.interfaces = interfaces
            self.home = home
        }
    }

    private let encoder: JSONEncoder

    package init(observer: Observer) {
        self.observer = observer
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// The record of an alert, without a line end.
    package func line(for alert: Alert) throws -> String {
        String(decoding: try encoder.encode(NativeFields(alert, observer)), as: UTF8.self)
    }
}
