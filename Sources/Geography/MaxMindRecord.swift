import CMaxMindDB

/// What a MaxMind file holds for one address: a map of fields, each found by its keys. Every field is optional, and of
/// any type. Valid as long as its file is open.
@safe struct MaxMindRecord {
    /// A field could not be read for another reason than that it is not there.
    private(set) var isDamaged = false
    private var entry: MMDB_entry_s

    init(_ entry: MMDB_entry_s) { unsafe self.entry = entry }

    mutating func text(at path: FieldPath) -> String? {
        guard let data = unsafe field(at: path), unsafe data.type == MMDB_DATA_TYPE_UTF8_STRING,
            let start = unsafe data.utf8_string
        else { return nil }
        let text = unsafe Self.shown(UnsafeRawBufferPointer(start: start, count: Int(data.data_size)))
        return text.isEmpty ? nil : text
    }

    /// Two capital letters that name a country. IPinfo's `country` is the code in some files and the name in others.
    mutating func country(at path: FieldPath) -> String? {
        guard let data = unsafe field(at: path), unsafe data.type == MMDB_DATA_TYPE_UTF8_STRING,
            unsafe data.data_size == 2, let start = unsafe data.utf8_string,
            let letters = unsafe CountryLetters(UInt8(bitPattern: start[0]), UInt8(bitPattern: start[1])),
            !letters.isNoCountry
        else { return nil }
        return "\(letters)"
    }

    mutating func truth(at path: FieldPath) -> Bool {
        guard let data = unsafe field(at: path) else { return false }
        return unsafe Int32(bitPattern: data.type) == MMDB_DATA_TYPE_BOOLEAN && data.boolean
    }

    /// The number of an autonomous system: as a number, or as IPinfo writes it, `AS64496`.
    mutating func systemNumber(at path: FieldPath) -> UInt32? {
        guard let data = unsafe field(at: path) else { return nil }
        switch unsafe Int32(bitPattern: data.type) {
        case MMDB_DATA_TYPE_UINT16: return unsafe UInt32(data.uint16)
        case MMDB_DATA_TYPE_UINT32: return unsafe data.uint32
        case MMDB_DATA_TYPE_UTF8_STRING:
            guard let text = text(at: path), text.hasPrefix("AS") else { return nil }
            return UInt32(text.dropFirst(2))
        default: return nil
        }
    }

    private mutating func field(at path: FieldPath) -> MMDB_entry_data_s? {
        var data = unsafe MMDB_entry_data_s()
        switch unsafe MMDB_aget_value(&entry, &data, path.keys) {
        case MMDB_SUCCESS: return unsafe data.has_data ? data : nil
        // No damage: another layout.
        case MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR, MMDB_INVALID_LOOKUP_PATH_ERROR: return nil
        default:
            isDamaged = true
            return nil
        }
    }

    /// Text of a file, fit for output: 200 bytes at most, as no organisation's name needs more, and nothing that steers
    /// a terminal.
    static func shown(_ bytes: UnsafeRawBufferPointer) -> String {
        let whole = unsafe String(decoding: bytes.prefix(200), as: UTF8.self)
        if whole.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return whole }
        var text = ""
        for scalar in whole.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: text.unicodeScalars.append("\u{FFFD}")
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

/// The keys that lead to a field. There are eleven of them, made once and kept.
@safe struct FieldPath: @unchecked Sendable {
    /// Ends with a null pointer.
    fileprivate let keys: UnsafePointer<UnsafePointer<CChar>?>

    private init(_ names: StaticString...) {
        let keys = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: names.count + 1)
        for (index, name) in names.enumerated() {
            // Literals live as long as the program and end with a zero.
            unsafe (keys + index).initialize(to: UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self))
        }
        unsafe (keys + names.count).initialize(to: nil)
        unsafe self.keys = unsafe UnsafePointer(keys)
    }

    // As MaxMind and DB-IP name them.
    static let code = FieldPath("country", "iso_code")
    static let registeredCode = FieldPath("registered_country", "iso_code")
    static let isAnycast = FieldPath("traits", "is_anycast")
    static let system = FieldPath("autonomous_system_number")
    static let organisation = FieldPath("autonomous_system_organization")
    // As IPinfo does.
    static let flatCode = FieldPath("country_code")
    static let flatCountry = FieldPath("country")
    static let flatIsAnycast = FieldPath("is_anycast")
    static let flatSystem = FieldPath("asn")
    static let flatOrganisation = FieldPath("as_name")
    static let flatName = FieldPath("name")
}
