import Foundation

/// Reads the text of one file, not more than its limit.
enum PackFile {
    struct Fault: Error {
        let problem: PackProblem
    }

    /// The text, one byte longer than allowed where the file is too large: the reader says so.
    static func text(of file: String, limits: PackLimits) throws(Fault) -> String {
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
            data = try handle.read(upToCount: limits.fileSize + 1) ?? Data()
        } catch {
            throw fault(file, nil, "the file cannot be read")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw fault(file, lineOfFault(in: data), "not UTF-8 text", hint: "save the file as UTF-8")
        }
        return text
    }

    private static func fault(_ file: String, _ line: Int?, _ message: String, hint: String? = nil) -> Fault {
        Fault(problem: PackProblem(severity: .error, file: file, line: line, message: message, hint: hint))
    }

    private static func lineOfFault(in data: Data) -> Int? {
        data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .firstIndex { String(validating: $0, as: UTF8.self) == nil }
            .map { $0 + 1 }
    }
}
