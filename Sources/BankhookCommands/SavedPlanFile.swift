internal import BankhookModel
internal import BankhookPlan
internal import BankhookSavedPlan
internal import BankhookState
internal import SystemCalls

/// A saved plan and the file that holds it.
struct SavedPlanFile: Sendable {
    /// As it was given.
    let path: String
    let plan: SavedPlan

    /// The largest file that is read, in bytes: room for the plan of a few 100,000 environments.
    private static let maximumSize = 256 << 20

    /// Reads a plan that `plan --out` saved.
    static func read(_ path: String) throws(CommandFailure) -> SavedPlanFile {
        let content: FileContent
        do throws(SystemCallError) {
            content = try FileContent.read(path: path, limit: maximumSize)
        } catch {
            throw unusable(path, "\(error)", hint: error.wayOut)
        }
        switch content {
        case .file(let bytes): return try decode(bytes, path: path)
        case .absent: throw unusable(path, "there is no such file", hint: wayToSave)
        case .tooLarge: throw unusable(path, "it is larger than any plan", hint: wayToSave)
        case .other(let kind): throw unusable(path, "it is \(kind)", hint: wayToSave)
        }
    }

    private static func decode(_ bytes: [UInt8], path: String) throws(CommandFailure)
        -> SavedPlanFile
    {
        do throws(SavedPlanDamage) {
            return SavedPlanFile(path: path, plan: try SavedPlanCodec.decode(bytes))
        } catch {
            throw unusable(path, "\(error)", hint: wayToSave)
        }
    }

    private static let wayToSave = "save a plan with: bankhook plan --out FILE"

    private static func unusable(_ path: String, _ message: String, hint: String) -> CommandFailure
    {
        .problems(
            [
                CommandFailure.Problem(
                    code: "plan_file_unusable",
                    message: "\(path) cannot be used as a saved plan: \(message)", hint: hint,
                    file: path)
            ], status: .error)
    }

    /// Says which safety checks the plan lifts, whoever reads the log of plan or apply.
    func writeAllowed(on console: Console) {
        let names = plan.options.allowed.map(\.rawValue).sorted()
        guard !names.isEmpty else { return }
        console.message("allowed by the saved plan: \(names.joined(separator: ", "))\n")
    }

    // MARK: Applying

    /// How many differences of a stale plan are named one by one.
    private static let shownDifferences = 10

    /// Computes the plan anew, with everything that is allowed now, and returns it; throws what
    /// differs from this one, which is stale then.
    func confirmed(_ records: [DecodedRecord], _ history: RecordHistory, _ planning: Planning)
        throws(CommandFailure) -> Plan
    {
        let lineages = plan.firstLineages
        let now = planning.plan(records, history, at: plan.createdAt)
        let differences = plan.differences(
            in: planning.saving(now, records, at: plan.createdAt) { lineages[$0] })
        guard differences.isEmpty else {
            throw stale(differences, allowed: planning.options.allowed)
        }
        return now.adopting(lineages)
    }

    private func stale(_ differences: [PlanDifference], allowed: Set<Refusal.Allow>)
        -> CommandFailure
    {
        let shown = differences.prefix(SavedPlanFile.shownDifferences).map { "\($0)" }
        let others = differences.count - shown.count
        let messages = shown + (others > 0 ? ["and \(others) more differences"] : [])
        let problems = messages.map { CommandFailure.Problem(code: "plan_stale", message: $0) }
        // The only one that changes what is sent, and not merely whether it may be.
        let overrides = allowed.subtracting(plan.options.allowed).contains(.stateBehind)
        let summary = CommandFailure.Problem(
            code: "plan_stale", message: "\(path) is stale; nothing was sent",
            hint: "plan again, and review it: bankhook plan --out \(path)"
                + (overrides ? " --allow \(Refusal.Allow.stateBehind.rawValue)" : ""), file: path)
        return .problems(problems + [summary], status: .locked)
    }
}
