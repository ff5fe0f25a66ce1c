/// Why nothing was triggered, or why nobody can tell.
package enum TriggerError: Error, Equatable, CustomStringConvertible {
    /// Nobody answers at the URL.
    case unreachable(String, reason: String)
    /// Somebody answers there, and it is no emulator.
    case noEmulator(String, status: Int)
    /// Nothing is registered there, so that no account is the only one.
    case noRegistration(String)
    /// More than one account has registered: each with the URL that tells which one it is.
    case severalAccounts([String])
    /// The account has a webhook of the Session flow alone.
    case sessionFlow(String)
    /// The emulator knows no account of that name, but those, each with its URL.
    case unknownAccount(String, registered: [String])
    /// The emulator refused it, in its own words.
    case refused(String)
    /// It was sent, and no answer came.
    case lostAnswer(String, reason: String)

    /// What happened.
    package var description: String {
        switch self {
        case .unreachable(let url, let reason): "no emulator answers at \(url): \(reason)"
        case .noEmulator(let url, let status):
            "what answers at \(url) is no emulator of this version (status \(status))"
        case .noRegistration(let url): "no account has registered a webhook at \(url)"
        case .severalAccounts(let names):
            "several accounts are registered: \(names.joined(separator: ", "))"
        case .sessionFlow(let name):
            "account \(name) is registered for the Session flow only, and the vendor documents no "
                + "such extraction there"
        case .unknownAccount(let name, let names):
            "the emulator has no account \(name); "
                + (names.isEmpty
                    ? "none is registered" : "registered: \(names.joined(separator: ", "))")
        case .refused(let message): "the emulator refused: \(message)"
        case .lostAnswer(let url, let reason):
            "\(url) was told and did not answer (\(reason)): it may have happened"
        }
    }

    /// What to do.
    package var hint: String {
        switch self {
        case .unreachable, .noEmulator:
            "start one with `bankhook emulate`, or name its URL with --emulator; of one with --tls, "
                + "SSL_CERT_FILE has to name the certificate that it printed"
        case .noRegistration: "apply a configuration first, or name an account with --account"
        case .severalAccounts, .unknownAccount: "name one with --account"
        case .sessionFlow: "trigger at an account of the entity flow"
        case .refused: "see `bankhook trigger --help`"
        case .lostAnswer: "look at its page, /_emulator/, before it is triggered again"
        }
    }

    /// A word that scripts match on.
    package var code: String {
        switch self {
        case .unreachable, .noEmulator: "emulator_not_found"
        case .noRegistration: "emulator_no_registration"
        case .severalAccounts: "emulator_several_accounts"
        case .sessionFlow: "session_flow"
        case .unknownAccount, .refused: "emulator_refused"
        case .lostAnswer: "emulator_answer_lost"
        }
    }
}
