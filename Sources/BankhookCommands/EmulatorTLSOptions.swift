internal import ArgumentParser
internal import BankConnectEmulator
internal import FoundationEssentials

/// What `emulate` shows when it is called over https.
struct EmulatorTLSOptions: ParsableArguments {
    @Flag(help: "Answer over https with a certificate that it makes; its path is printed.")
    var tls = false

    @Option(
        help: ArgumentHelp(
            "Answer over https with this PEM file of certificates.", valueName: "file"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("The PEM file of its private key.", valueName: "file"))
    var tlsKey: String?

    mutating func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key go together")
        }
        guard !tls || tlsCert == nil else {
            throw ValidationError("--tls makes a certificate; it excludes --tls-cert and --tls-key")
        }
    }

    /// Gives a body the identity, and the file of a certificate that was made for it: what clients
    /// have to trust. That file is gone when the body ends.
    func withIdentity<Value>(
        host: String,
        _ body: (_ identity: EmulatorIdentity?, _ authorityFile: String?) async throws -> Value
    ) async throws -> Value {
        if let tlsCert, let tlsKey {
            return try await body(try read(tlsCert, tlsKey), nil)
        }
        guard tls else { return try await body(nil, nil) }
        let (identity, authority) = try EmulatorIdentity.made(for: host)
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "bankhook-emulator-\(UUID().uuidString.lowercased())")
        let file = folder.appending(path: "ca.pem")
        do {
            // It fails where the name exists: nobody can have put a link there.
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            try Data(authority.utf8).write(to: file)
        } catch {
            throw CommandFailure.problem(
                "tls_file", "\(file.path) cannot be written",
                hint: "name a writable directory in TMPDIR, or use --tls-cert and --tls-key")
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(identity, file.path)
    }

    private func read(_ certificate: String, _ key: String) throws(CommandFailure)
        -> EmulatorIdentity
    {
        do throws(EmulatorIdentity.Problem) {
            return try EmulatorIdentity(certificateFile: certificate, keyFile: key)
        } catch {
            throw .problem("tls_identity", "\(error)")
        }
    }
}
