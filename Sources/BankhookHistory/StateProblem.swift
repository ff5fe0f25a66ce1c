package import BankhookModel

/// One thing that `state verify` found.
package struct StateProblem: Sendable {
    /// Whose file it is, where its name tells.
    package let environment: EnvironmentName?
    /// The first commit that has it; for a rollback the one that holds the later version. Nil where
    /// no commit has it.
    package let commit: String?
    package let fault: StateFault

    init(_ fault: StateFault, in environment: EnvironmentName?, commit: String? = nil) {
        self.environment = environment
        self.commit = commit
        self.fault = fault
    }

    /// By name, then along the chain.
    static func isOrdered(_ left: StateProblem, _ right: StateProblem) -> Bool {
        (left.environment?.text ?? "", left.fault.serial, left.fault.description)
            < (right.environment?.text ?? "", right.fault.serial, right.fault.description)
    }
}
