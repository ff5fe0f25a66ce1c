internal import ArgumentParser
internal import BankhookModel
internal import SourceText
internal import SystemCalls

/// The options that name the links whose payloads are meant.
struct LinkOptions: ParsableArguments {
    @Option(
        name: .customLong("link-id"), parsing: .upToNextOption,
        help: ArgumentHelp("A link's id; several, or repeated.", valueName: "id"))
    var ids: [String] = []

    @Option(
        name: .customLong("links"),
        help: ArgumentHelp(
            "A file with a link's id a line; - is standard input.", valueName: "file"))
    var file: String?

    /// How much of a file of ids is read.
    private static let limit = 64 << 20

    init() {}

    mutating func validate() throws {
        guard file != "" else { throw ValidationError("--links names no file") }
        guard ids.isEmpty || file == nil else {
            throw ValidationError("--link-id excludes --links")
        }
        guard !ids.isEmpty || file != nil else {
            throw ValidationError(
                "name links with --link-id ID or --links FILE: BankConnect lists payloads by link "
                    + "only; for an upload without a link see bankhook progress --entity-id ID")
        }
        for id in ids where BankConnectID(id) == nil {
            throw ValidationError("--link-id \(quoted(id)) \(LinkOptions.rule)")
        }
    }

    private static let rule =
        "is no link id: 1 to \(BankConnectID.maximumLength) bytes without control characters"

    /// The ids in their order, each once.
    func links() throws(CommandFailure) -> [BankConnectID] {
        var seen = Set<BankConnectID>()
        return try all().filter { seen.insert($0).inserted }
    }

    private func all() throws(CommandFailure) -> [BankConnectID] {
        guard let file else { return ids.compactMap(BankConnectID.init) }
        let name = file == "-" ? "standard input" : file
        guard let text = String(validating: try bytes(of: file, name), as: UTF8.self) else {
            throw .problem("links_file", "\(name) is not UTF-8", hint: "save it as UTF-8")
        }
        var links = [BankConnectID]()
        var problems = [CommandFailure.Problem]()
        let lines = text.trimmingPrefix("\u{FEFF}").unicodeScalars
            .split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let word = line.trimmingBlanks
            guard !word.isEmpty else { continue }
            if let id = BankConnectID(word) {
                links.append(id)
            } else if problems.count < 100 {
                problems.append(
                    CommandFailure.Problem(
                        code: "links_file",
                        message: "\(name):\(number + 1): \(quoted(word)) \(LinkOptions.rule)",
                        file: file))
            }
        }
        guard problems.isEmpty else { throw .problems(problems, status: .error) }
        guard !links.isEmpty else {
            throw .problem("links_file", "\(name) names no link", hint: "write an id a line")
        }
        return links
    }

    private func bytes(of file: String, _ name: String) throws(CommandFailure) -> [UInt8] {
        let bytes: [UInt8]?
        do throws(SystemCallError) {
            bytes =
                file == "-"
                ? try StreamContent.readStandardInput(limit: LinkOptions.limit)
                : try StreamContent.read(path: file, limit: LinkOptions.limit)
        } catch {
            throw .problem(
                "links_file", "\(name) cannot be read: \(error)", hint: error.wayOut)
        }
        guard let bytes else {
            throw .problem(
                "links_file", "\(name) is larger than 64 MiB", hint: "split it, and run for each")
        }
        return bytes
    }
}

extension Substring.UnicodeScalarView {
    /// Without blanks at both ends.
    fileprivate var trimmingBlanks: String {
        let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
        guard let last = lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(String.UnicodeScalarView(self[...last].drop(while: isBlank)))
    }
}
