internal import ArgumentParser
internal import BankConnectEmulator
internal import SystemCalls

/// The faults that `emulate` begins with.
struct EmulatorFaultOptions: ParsableArguments {
    @Option(
        name: .customLong("fault"),
        help: ArgumentHelp(
            "A fault for the next calls to a path, such as path=/bank-connect/v1/entity/"
                + "update_webhook/,status=503,times=2; repeatable. Also delay_ms, drip_ms, "
                + "header=NAME:VALUE, reset=before|after, and last body=TEXT.",
            valueName: "name=value,…"))
    var faults: [String] = []

    @Option(
        name: .customLong("faults-file"),
        help: ArgumentHelp(
            "A JSON list of faults, as PUT /_emulator/faults takes it.", valueName: "file"))
    var file: String?

    /// All of them: those of the file come after the others.
    func orders() throws(CommandFailure) -> FaultOrders {
        var orders = FaultOrders()
        do throws(FaultError) {
            for text in faults { try orders.add(short: text) }
        } catch {
            throw .problem("emulator_fault", "--fault: \(error)", status: .unusableArguments)
        }
        guard let file else { return orders }
        let content: FileContent
        do throws(SystemCallError) {
            content = try FileContent.read(path: file, limit: 16 << 20)
        } catch {
            throw .problem("faults_file", "\(file): \(error)")
        }
        guard case .file(let bytes) = content else {
            throw .problem("faults_file", "\(file) is no readable file")
        }
        do throws(FaultError) {
            try orders.add(json: bytes)
        } catch {
            throw .problem("faults_file", "\(file): \(error)")
        }
        return orders
    }
}
