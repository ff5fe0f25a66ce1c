internal import BankhookConfiguration
internal import BankhookGitStore
internal import BankhookModel
internal import BankhookState
internal import Git

/// Can the branch of the git store be read, and pushed to?
struct BranchCheck {
    let store: GitStore
    let repository: GitBranchRepository
    let git: Git
    let branch: StateBranch

    /// The most that one call of git may take here.
    static let callLimit = Duration.seconds(20)

    /// What is found, and whose outcomes only this clone has.
    typealias Result = (findings: [DoctorFinding], kept: Set<EnvironmentName>)

    /// Looks at the program, the branch and the clone; nothing is pushed.
    var result: Result {
        get async {
            let program = await program
            guard program.status == .ok else { return ([program], []) }
            do {
                let tip = try await store.lastCommit()
                let (kept, names) = await kept
                return ([program, reading(at: tip), await pushing(at: tip)] + kept, names)
            } catch {
                let errors = error.errors.map { error in
                    DoctorFinding.error(
                        .state, CommandFailure.Problem(state: error), about: "\(branch)")
                }
                return ([program] + errors, [])
            }
        }
    }

    private var program: DoctorFinding {
        get async {
            do throws(GitError) {
                let output = try await git.run(
                    ["--version"], in: branch.folder, timeLimit: BranchCheck.callLimit)
                let words = String(decoding: output, as: UTF8.self).prefix { !$0.isNewline }
                return .ok(.state, String(words))
            } catch {
                guard case .notFound = error else {
                    return .error(
                        .state, "git_failed", "git does not run (\(error))",
                        next: "see what git --version says")
                }
                return .error(
                    .state, "git_missing", "there is no git program on the PATH",
                    next: "install git: the git store needs it")
            }
        }
    }

    private func reading(at tip: String) -> DoctorFinding {
        .ok(.state, "can be read, at commit \(tip.prefix(12))", about: "\(branch)")
    }

    private func pushing(at tip: String) async -> DoctorFinding {
        do throws(BranchError) {
            try await repository.rehearsePush(at: tip)
            return .ok(
                .state, "takes a push, as far as a dry run tells: a rule of the host may refuse it",
                about: "\(branch)")
        } catch {
            return .error(
                .state, CommandFailure.Problem(state: .branch(error)), about: "\(branch)")
        }
    }

    /// What only this clone has.
    private var kept: Result {
        get async {
            var findings = [DoctorFinding]()
            var names = [EnvironmentName]()
            do throws(StateErrors) {
                names = try await store.keptOutcomes().map(\.name)
                if !names.isEmpty {
                    findings.append(
                        .warning(
                            .state, "outcome_kept",
                            "outcomes of \(DoctorText.list(names.map(\.text))) are kept in this clone only",
                            next: "bankhook state push, before the clone goes",
                            about: "\(branch)"))
                }
            } catch {
                findings += error.errors.map {
                    .error(.state, CommandFailure.Problem(state: $0), about: "\(branch)")
                }
            }
            let elsewhere: StateError?
            do throws(StateError) {
                elsewhere = try await store.keptElsewhere().map { .branch($0) }
            } catch {
                elsewhere = error
            }
            if let elsewhere {
                let problem = CommandFailure.Problem(state: elsewhere)
                findings.append(
                    .warning(
                        .state, problem.code, problem.message, next: problem.hint ?? "",
                        about: "\(branch)"))
            }
            return (findings, Set(names))
        }
    }
}
