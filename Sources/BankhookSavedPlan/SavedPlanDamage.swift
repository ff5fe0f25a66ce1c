/// Why a file cannot be used as a saved plan.
package enum SavedPlanDamage: Error, Equatable, Sendable {
    /// No JSON: empty, cut short, foreign; the parser's words.
    case notJSON(String)
    /// JSON, and nothing that `plan --out` wrote.
    case foreign
    case newerVersion(Int)
    case wrongChecksum
    /// A field that is missing, unknown, of the wrong type or out of range.
    case field(String)
}

extension SavedPlanDamage: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notJSON(let problem): "it is no complete JSON: \(problem)"
        case .foreign: "it is JSON of another kind, not what plan --out writes"
        case .newerVersion(let version):
            "its format_version \(version) is newer than this bankhook knows "
                + "(\(SavedPlanCodec.version))"
        case .wrongChecksum: "its checksum does not match its content: somebody edited it"
        case .field(let problem): problem
        }
    }
}
