import BankhookApply
import BankConnectAPI
import BankhookModel

/// BankConnect as one process sees it: every environment is an account of its own, and knows its
/// requests by their time-out.
struct BranchAPI: WebhookAPI {
    private let process: BranchProcess
    private let world: BranchWorld
    private let oracle: BranchOracle
    private let desired: [TimeSpan: DesiredEnvironment]

    init(
        _ process: BranchProcess, world: BranchWorld, oracle: BranchOracle,
        desired: [DesiredEnvironment]
    ) {
        self.process = process
        self.world = world
        self.oracle = oracle
        self.desired = Dictionary(
            uniqueKeysWithValues: desired.map { ($0.environment.timeout, $0) })
    }

    func update(_ request: UpdateWebhookRequest) async -> Answer {
        guard !process.isDead else { return .interrupted }
        guard let desired = desired[request.timeout] else {
            world.violate("a request that no environment wants")
            return .reset
        }
        checkContent(of: request, desired)
        let lock = process.holder
        oracle.requestBegins(desired, by: lock)
        if process.interruption.isRequested {
            world.violate("\(desired.name): sent after a signal")
        }
        process.reachRequest()
        let answer = await exchange(request, desired, lock)
        world.note(
            "p\(process.number) \(desired.name): \(answer.status.map(String.init) ?? "\(answer)")")
        await process.waitWhileStopped()
        return answer
    }

    /// What is sent is what is desired, the mode included, whatever the mode is.
    private func checkContent(of request: UpdateWebhookRequest, _ desired: DesiredEnvironment) {
        let registration = desired.environment.registration
        let url = registration.webhookURL.filled(with: desired.secrets?.webhookSecrets ?? [:])
        guard request.webhookURL.exposed == url, request.mode == registration.mode,
            request.credentials == desired.secrets?.credentials
        else { return world.violate("\(desired.name): sent what is not desired") }
    }

    private func exchange(
        _ request: UpdateWebhookRequest, _ desired: DesiredEnvironment, _ lock: String
    ) async -> Answer {
        let chance = world.chance
        let reply =
            chance.hits(percent: process.faults.badAnswers)
            ? Reply.bad(request.flow, chance) : Reply.good(request.flow, chance)
        let isSlow = reply.answer == .timedOut || chance.isOne(in: 10)
        await world.time.sleep(
            isSlow ? request.timeout.duration : .milliseconds(chance.below(3_000)))
        if process.isDead || Task.isCancelled {
            endInDoubt(desired, lock)
            return .interrupted
        }
        switch reply.meaning {
        case .promised: oracle.requestEnds(desired, by: lock, .promised)
        case .refused: oracle.requestEnds(desired, by: lock, .refused)
        case .possible: endInDoubt(desired, lock)
        }
        return reply.answer
    }

    private func endInDoubt(_ desired: DesiredEnvironment, _ lock: String) {
        let takesEffect = world.chance.isOne(in: 2)
        if takesEffect { world.hit(.lostAnswerOfServer) }
        oracle.requestEnds(desired, by: lock, .possible(takesEffect: takesEffect))
    }
}
