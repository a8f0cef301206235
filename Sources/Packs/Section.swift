import Yams

/// The keys that a mapping may have.
struct Keys {
    let required: [String]
    let optional: [String]

    var all: [String] { required + optional }
}

/// One mapping of the file: the head or an entry, its keys already checked. Each reading reports what is wrong.
struct Section {
    let line: Int
    private let fields: [(key: String, value: Node)]

    /// nil where the node is no mapping. Unknown and missing keys are reported and do not stop the reading.
    init?(_ node: Node, called name: String, keys: Keys, problems: inout ProblemList) {
        line = node.mark?.line ?? 1
        guard case .mapping(let mapping) = node else {
            problems.error(at: line, "\(name) must be a list of 'key: value' lines, not \(kind(node))")
            return nil
        }
        var fields: [(key: String, value: Node)] = []
        fields.reserveCapacity(mapping.count)
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                problems.error(at: key.mark?.line, "a key must be a word")
                continue
            }
            if keys.required.contains(scalar.string) || keys.optional.contains(scalar.string) {
                fields.append((scalar.string, value))
            } else {
                let hint = suggestion(for: scalar.string, orAnyOf: keys.all)
                problems.error(at: scalar.mark?.line, "unknown key \(quoted(scalar.string))", hint: hint)
            }
        }
        for key in keys.required where !fields.contains(where: { $0.key == key }) {
            problems.error(at: line, "\(name) has no '\(key)'")
        }
        self.fields = fields
    }

    func has(_ key: String) -> Bool { node(key) != nil }

    func line(of key: String) -> Int { node(key)?.mark?.line ?? line }

    private func node(_ key: String) -> Node? {
        fields.first { $0.key == key }?.value
    }

    /// One line of text; nil where the key is absent or its value is something else.
    func text(_ key: String, problems: inout ProblemList) -> String? {
        node(key).flatMap { Self.text($0, key, &problems) }
    }

    /// A text that `read` accepts; its objection is reported.
    func value<Value>(
        _ key: String, problems: inout ProblemList, _ read: (String) throws(Objection) -> Value
    ) -> Value? {
        node(key).flatMap { Self.value($0, key, &problems, read) }
    }

    /// A list of texts that `read` accepts, without those it objects to; nil where the key is absent or no list.
    func values<Value>(
        _ key: String, example: String, problems: inout ProblemList, _ read: (String) throws(Objection) -> Value
    ) -> [Value]? {
        list(key, example: example, problems: &problems)?.compactMap { Self.value($0, key, &problems, read) }
    }

    private func list(_ key: String, example: String, problems: inout ProblemList) -> Node.Sequence? {
        guard let node = node(key) else { return nil }
        guard case .sequence(let sequence) = node else {
            problems.error(at: line(of: key), "'\(key)' must be a list, not \(kind(node))", hint: "write \(example)")
            return nil
        }
        if sequence.isEmpty { problems.error(at: line(of: key), "'\(key)' is empty") }
        return sequence
    }

    /// A list of texts with their lines; nil where the key is absent or no list.
    func linedValues(
        _ key: String, example: String, problems: inout ProblemList
    ) -> [(text: String, line: Int)]? {
        guard let nodes = list(key, example: example, problems: &problems) else { return nil }
        return nodes.compactMap { node in
            Self.text(node, key, &problems).map { ($0, node.mark?.line ?? line(of: key)) }
        }
    }

    /// A list of entries, not yet looked at; nil where the key is absent or no list.
    func entries(_ key: String, problems: inout ProblemList) -> Node.Sequence? {
        guard let node = node(key) else { return nil }
        guard case .sequence(let sequence) = node else {
            let message = "'\(key)' must be a list of entries, not \(kind(node))"
            problems.error(at: line(of: key), message, hint: "begin each entry with '- '")
            return nil
        }
        if sequence.isEmpty { problems.error(at: line(of: key), "'\(key)' is empty", hint: "leave the key out") }
        return sequence
    }

    /// A mapping within this one, its keys checked; nil where the key is absent or no mapping.
    func section(_ key: String, called name: String, keys: Keys, problems: inout ProblemList) -> Section? {
        node(key).flatMap { Section($0, called: name, keys: keys, problems: &problems) }
    }

    private static func value<Value>(
        _ node: Node, _ key: String, _ problems: inout ProblemList, _ read: (String) throws(Objection) -> Value
    ) -> Value? {
        guard let text = text(node, key, &problems) else { return nil }
        do throws(Objection) {
            return try read(text)
        } catch {
            problems.error(at: node.mark?.line, error.message, hint: error.hint)
            return nil
        }
    }

    private static func text(_ node: Node, _ key: String, _ problems: inout ProblemList) -> String? {
        guard case .scalar(let scalar) = node else {
            problems.error(at: node.mark?.line, "'\(key)' must be text, not \(kind(node))")
            return nil
        }
        let text = scalar.string
        if text.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) {
            problems.error(at: scalar.mark?.line, "'\(key)' is empty")
            return nil
        }
        let isPlain = text.utf8.allSatisfy { $0 &- 0x20 < 0x5f }
        if !isPlain, text.unicodeScalars.contains(where: \.properties.generalCategory.isControlOrFormat) {
            let message = "'\(key)' holds a line break or a control character"
            problems.error(at: scalar.mark?.line, message, hint: "keep it on one line")
            return nil
        }
        return text
    }
}

/// What a node is, for messages.
private func kind(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "text"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
}
