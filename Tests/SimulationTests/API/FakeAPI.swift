import BankConnectAPI
import BankhookApply
import BankhookModel
import Synchronization

/// BankConnect's own truth, behind a network that loses answers.
final class FakeAPI: WebhookAPI {
    struct Account: Hashable {
        let baseURL: BaseURL
        let flow: Flow
        let credentials: Credentials
    }

    /// What the server holds for an account.
    struct Holding {
        let url: Secret
        let mode: WebhookMode
        let writer: EnvironmentName
    }

    private struct State {
        var holdings: [Account: Holding] = [:]
        var desired: [TimeSpan: DesiredEnvironment] = [:]
        var underWay = 0
        var parallelism = 1
    }

    private let world: World
    private let time: SimulatedTime
    private let oracle: Oracle
    private let disk: FakeDisk
    private let state = Mutex(State())

    init(world: World, time: SimulatedTime, oracle: Oracle, disk: FakeDisk) {
        self.disk = disk
        self.world = world
        self.time = time
        self.oracle = oracle
    }

    /// Whom to expect in the next apply, and how many requests at a time. Each environment has a
    /// time-out of its own, so that a request tells whose it is.
    func expect(_ desired: [DesiredEnvironment], parallelism: Int) {
        state.withLock { state in
            state.desired = Dictionary(
                uniqueKeysWithValues: desired.map { ($0.environment.timeout, $0) })
            state.parallelism = parallelism
            state.underWay = 0
        }
    }

    /// What the server holds.
    var holdings: [Account: Holding] {
        get { state.withLock { $0.holdings } }
        set { state.withLock { $0.holdings = newValue } }
    }

    func update(_ request: UpdateWebhookRequest) async -> Answer {
        guard !world.isDead else { return .interrupted }
        let (desired, isCrowded) = state.withLock { state in
            state.underWay += 1
            return (state.desired[request.timeout], state.underWay > state.parallelism)
        }
        defer { state.withLock { $0.underWay -= 1 } }
        guard let desired else {
            world.violate("a request that no environment wants")
            return .reset
        }
        if isCrowded { world.violate("more requests at once than --parallelism") }
        checkContent(of: request, desired)
        oracle.requestBegins(desired, at: time.elapsed, on: disk)
        if world.interruption.isRequested { world.violate("\(desired.name): sent after a signal") }
        if world.reachRequest() { world.hit(.crashInRequest) }
        let answer = await exchange(request, desired)
        oracle.requestEnds(desired)
        oracle.look(at: desired.name, on: disk)
        world.note("\(desired.name): \(reply(answer))")
        return answer
    }

    private func reply(_ answer: Answer) -> String {
        answer.status.map { "status \($0)" } ?? "\(answer)"
    }

    /// What is sent is what is desired, the mode included, whatever the mode is.
    private func checkContent(of request: UpdateWebhookRequest, _ desired: DesiredEnvironment) {
        let registration = desired.environment.registration
        let url = registration.webhookURL.filled(with: desired.secrets?.webhookSecrets ?? [:])
        guard request.webhookURL.exposed == url, request.mode == registration.mode,
            request.baseURL == registration.baseURL, request.flow == registration.flow,
            request.credentials == desired.secrets?.credentials
        else { return world.violate("\(desired.name): sent what is not desired") }
    }

    private func exchange(_ request: UpdateWebhookRequest, _ desired: DesiredEnvironment) async
        -> Answer
    {
        let chance = world.chance
        let reply =
            chance.hits(percent: world.faults.badAnswers)
            ? Reply.bad(request.flow, chance) : Reply.good(request.flow, chance)
        let isTimedOut = reply.answer == .timedOut
        await time.sleep(isTimedOut ? request.timeout.duration : .milliseconds(chance.below(3_000)))
        if world.isDead || Task.isCancelled {
            world.hit(.cutOff)
            mayTakeEffect(request, desired)
            return .interrupted
        }
        switch reply.meaning {
        case .promised:
            takeEffect(request, desired.name)
            oracle.promised(desired)
        case .refused: break
        case .possible: mayTakeEffect(request, desired)
        }
        return reply.answer
    }

    private func mayTakeEffect(_ request: UpdateWebhookRequest, _ desired: DesiredEnvironment) {
        if world.chance.isOne(in: 2) {
            takeEffect(request, desired.name)
            world.hit(.lostAnswer)
        }
        oracle.possible(desired)
    }

    private func takeEffect(_ request: UpdateWebhookRequest, _ name: EnvironmentName) {
        let account = Account(
            baseURL: request.baseURL, flow: request.flow, credentials: request.credentials)
        state.withLock { state in
            state.holdings[account] = Holding(
                url: request.webhookURL, mode: request.mode, writer: name)
        }
    }
}

extension FakeAPI.Account {
    /// The account that an environment registers at; nil without credentials.
    init?(_ desired: DesiredEnvironment) {
        guard let secrets = desired.secrets else { return nil }
        let registration = desired.environment.registration
        self.init(
            baseURL: registration.baseURL, flow: registration.flow,
            credentials: secrets.credentials)
    }
}
