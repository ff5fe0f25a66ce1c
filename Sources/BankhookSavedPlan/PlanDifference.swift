package import BankhookModel

/// One thing that is not as it was when a plan was saved.
package enum PlanDifference: Equatable, Sendable {
    package enum Alteration: Equatable, Sendable {
        case changed, added, removed
    }

    case file(SavedFile, Alteration)
    case record(EnvironmentName, Alteration)
    /// Planned otherwise; nil where it is not planned at all.
    case change(EnvironmentName, saved: Action?, now: Action?)
    case account(EnvironmentName)
    case secret(EnvironmentName, name: String)
    /// Another record has the lineage that the plan would give.
    case lineage(EnvironmentName)
}

extension PlanDifference: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let file, .changed): "\(file) changed"
        case .file(let file, .added): "\(file) was not there when the plan was saved"
        case .file(let file, .removed): "\(file) is not read any more"
        case .record(let name, .changed): "the record of \(name) changed"
        case .record(let name, .added): "\(name) was recorded since"
        case .record(let name, .removed): "the record of \(name) is gone"
        case .change(let name, let saved, let now) where saved == now:
            "\(name): \(PlanDifference.word(now)) for other reasons, or with other values"
        case .change(let name, let saved, let now):
            "\(name): saved as \(PlanDifference.word(saved)), now \(PlanDifference.word(now))"
        case .account(let name): "\(name): its API key or server hash is another one"
        case .secret(let name, let secret): "\(name): its webhook secret \(secret) is another one"
        case .lineage(let name): "\(name): the lineage that it would get is in use"
        }
    }

    private static func word(_ action: Action?) -> String {
        action?.rawValue ?? "not planned"
    }
}
