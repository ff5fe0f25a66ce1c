package import BankhookModel
package import SourceText

/// Finds environments that would overwrite each other's registration.
///
/// Accounts are compared by value where the credentials are at hand, and by their references where
/// they are not (specification, section 1).
package struct SharedAccounts: Sendable {
    /// Environments of one account that want different registrations.
    package private(set) var conflicts: [Pair] = []
    /// Environments whose credentials are equal under two hosts or flows.
    package private(set) var shared: [Pair] = []

    /// Two environments, the first one declared first by name.
    package struct Pair: Sendable {
        package let first: Environment
        package let second: Environment
    }

    private enum Key: Hashable {
        case values(Credentials)
        case references(CredentialReferences)
    }

    /// Where a registration goes, and what it says, as far as both are known.
    private struct Wish: Equatable {
        let url: WebhookURL
        let filled: String?
        let references: [String: SecretReference]
        let mode: WebhookMode

        static func == (left: Wish, right: Wish) -> Bool {
            guard left.mode == right.mode else { return false }
            if let left = left.filled, let right = right.filled {
                return (try? WebhookURL(left)) == (try? WebhookURL(right))
            }
            return left.url == right.url && left.references == right.references
        }
    }

    /// Looks at all environments, targeted or not; they come sorted by name.
    package init(_ desired: [DesiredEnvironment]) {
        var groups = [Key: [DesiredEnvironment]]()
        for environment in desired {
            groups[.references(environment.environment.credentials), default: []]
                .append(environment)
            if let secrets = environment.secrets {
                groups[.values(secrets.credentials), default: []].append(environment)
            }
        }
        var seen = Set<[EnvironmentName]>()
        for group in groups.values where group.count > 1 {
            let found = SharedAccounts.pairs(in: group)
            for pair in found.conflicts
            where seen.insert([pair.first.name, pair.second.name]).inserted {
                conflicts.append(pair)
            }
            for pair in found.shared
            where seen.insert([pair.first.name, pair.second.name]).inserted {
                shared.append(pair)
            }
        }
        conflicts.sort(by: SharedAccounts.isBefore)
        shared.sort(by: SharedAccounts.isBefore)
    }

    private static func isBefore(_ left: Pair, _ right: Pair) -> Bool {
        (left.second.name, left.first.name) < (right.second.name, right.first.name)
    }

    /// Compares each member of a group with the first one of its account and of the group.
    private static func pairs(in group: [DesiredEnvironment])
        -> (conflicts: [Pair], shared: [Pair])
    {
        var conflicts = [Pair]()
        var shared = [Pair]()
        var firstByAccount = [String: DesiredEnvironment]()
        for member in group {
            let registration = member.environment.registration
            let account = "\(registration.baseURL.canonical) \(registration.flow.rawValue)"
            if let first = firstByAccount[account] {
                if wish(of: first) != wish(of: member) {
                    conflicts.append(Pair(first: first.environment, second: member.environment))
                }
            } else {
                if let first = group.first, first.name != member.name {
                    shared.append(Pair(first: first.environment, second: member.environment))
                }
                firstByAccount[account] = member
            }
        }
        return (conflicts, shared)
    }

    private static func wish(of desired: DesiredEnvironment) -> Wish {
        let registration = desired.environment.registration
        return Wish(
            url: registration.webhookURL,
            filled: desired.secrets.flatMap {
                registration.webhookURL.filled(with: $0.webhookSecrets)
            },
            references: desired.environment.webhookSecrets, mode: registration.mode)
    }

    /// The conflicts as errors in the configuration.
    package var diagnostics: [Diagnostic] {
        conflicts.map { pair in
            Diagnostic(
                code: "account_conflict", in: pair.second.file, at: pair.second.range,
                "'\(pair.second.name)' and '\(pair.first.name)' are one BankConnect account and "
                    + "want different registrations: each apply would overwrite the other",
                hint:
                    "give them credentials of their own, or the same webhook_url and webhook_mode",
                notes: [
                    Diagnostic.Note(
                        "'\(pair.first.name)' is declared here", in: pair.first.file,
                        at: pair.first.range)
                ])
        }
    }

    /// The rest as a plan's warnings.
    package var warnings: [PlanWarning] {
        shared.map { PlanWarning(.sharedCredentials, $0.second.name, message(about: $0)) }
    }

    /// The rest as warnings in the configuration.
    package var warningDiagnostics: [Diagnostic] {
        shared.map { pair in
            Diagnostic(
                .warning, code: PlanWarning.Code.sharedCredentials.rawValue,
                in: pair.second.file, at: pair.second.range, message(about: pair))
        }
    }

    private func message(about pair: Pair) -> String {
        "'\(pair.second.name)' and '\(pair.first.name)' use the same credentials under two "
            + "hosts or flows; whether those share a registration is documented nowhere"
    }
}
