internal import BankConnectEmulator
internal import SystemCalls

/// Whom the emulator knows, as the options of `emulate` say. No key is ever printed.
struct EmulatorAccounts {
    let configuration: EmulatorConfiguration.Accounts
    let summary: String

    init(options: [String], file: String?, any: Bool) throws(CommandFailure) {
        if any {
            configuration = .any
            summary = "every pair of headers is an account"
            return
        }
        var texts = options.map { (source: "--account", text: $0) }
        if let file {
            texts += try EmulatorAccounts.lines(of: file).map { (file, $0) }
        }
        var accounts = [EmulatorAccount]()
        for (source, text) in texts {
            do throws(EmulatorAccountError) {
                accounts.append(try EmulatorAccount(parsing: text))
            } catch {
                throw .problem(
                    "emulator_account", "\(source): \(error)", status: .unusableArguments)
            }
        }
        configuration = .listed(texts.isEmpty ? [.demo] : accounts)
        summary =
            texts.isEmpty
            ? "its account is demo-api-key:demo-server-hash"
            : "accounts: \(accounts.map(\.name).joined(separator: ", "))"
    }

    private static func lines(of path: String) throws(CommandFailure) -> [String] {
        let content: FileContent
        do throws(SystemCallError) {
            content = try FileContent.read(path: path, limit: 16 << 20)
        } catch {
            throw .problem("accounts_file", "\(path): \(error)")
        }
        guard case .file(let bytes) = content else {
            throw .problem("accounts_file", "\(path) is no readable file")
        }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map(String.init)
    }

    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}
