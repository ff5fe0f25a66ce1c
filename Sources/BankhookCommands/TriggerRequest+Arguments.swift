internal import ArgumentParser
internal import BankConnectEmulator

extension TriggerRequest {
    /// Parses the argument of `trigger`.
    @Sendable static func progress(_ word: String) throws -> Progress {
        guard let progress = Progress(rawValue: word) else {
            throw ValidationError("trigger takes completed or failed")
        }
        return progress
    }

    /// Parses the value of `--mode`.
    @Sendable static func mode(_ word: String) throws -> Mode {
        let modes: [String: Mode] = [
            // The second as the configuration writes it.
            "net-banking": .netBanking, "net_banking": .netBanking, "manual": .manual,
        ]
        guard let mode = modes[word] else {
            throw ValidationError("--mode takes net-banking or manual")
        }
        return mode
    }
}
