import Decoding
import Foundation
package import Monitoring

/// Turns a list that somebody else keeps into a pack.
package struct Import: Sendable {
    /// The form of the list. The raw value is the word on the command line.
    package enum Origin: String, CaseIterable, Sendable {
        case hosts, adblock, domains, csv, rpz
    }

    /// What the list does not say of its entries.
    package struct Defaults: Sendable {
        package let product: String
        package let category: Category
        package let confidence: Confidence
        package let source: String

        package init(product: String, category: Category, confidence: Confidence, source: String) {
            self.product = product
            self.category = category
            self.confidence = confidence
            self.source = source
        }
    }

    package struct Result: Sendable {
        /// The pack; nil where nothing could be taken over.
        package let pack: String?
        package let nameCount: Int
        package let networkCount: Int
        /// Entries that the list has more than once.
        package let repeatCount: Int
        /// What could not be taken over, with its line.
        package let problems: [PackProblem]
        /// How many lines that were.
        package let problemCount: Int
    }

    private let vendor: Vendor
    private let defaults: Defaults

    /// - Throws: where the head of the pack would not load.
    package init(vendor: Vendor, defaults: Defaults) throws(ImportError) {
        self.vendor = vendor
        self.defaults = defaults
        do throws(Objection) {
            _ = try ValueSyntax.country(vendor.headquarters)
            _ = try ValueSyntax.source(defaults.source)
            for text in [vendor.name, defaults.product] { _ = try ValueSyntax.line(text) }
        } catch {
            throw ImportError(error)
        }
    }

    /// - Parameter file: where the text came from, for messages.
    package func read(_ text: String, from origin: Origin, file: String, limits: PackLimits = PackLimits()) -> Result {
        var list = ImportList(file: file, vendor: vendor, defaults: defaults, maximum: limits.endpoints)
        let text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        if text.utf8.count > limits.fileSize {
            list.reject(nil, "the file is larger than \(limits.fileSize) bytes")
        } else {
            origin.format.read(text, into: &list)
        }
        return Result(
            pack: list.endpoints.isEmpty ? nil : PackWriter.text(of: list.endpoints, vendor: vendor),
            nameCount: list.nameCount, networkCount: list.endpoints.count - list.nameCount,
            repeatCount: list.repeatCount, problems: list.problems.all, problemCount: list.problemCount)
    }
}

/// What was asked for cannot stand in a pack.
package struct ImportError: Error, CustomStringConvertible {
    package let description: String

    init(_ objection: Objection) {
        description = objection.message + (objection.hint.map { "; \($0)" } ?? "")
    }
}

extension Import.Origin {
    var format: any ImportFormat {
        switch self {
        case .hosts: HostsList()
        case .adblock: AdblockList()
        case .domains: DomainList()
        case .csv: CSVList()
        case .rpz: PolicyZoneList()
        }
    }
}
