import BankConnectAPI
import BankhookDelivery
import BankhookModel
import Testing

/// How far an entity's statements are. Nothing but `completed` is completed.
struct ProgressWatchTests {
    private static func answer(_ statuses: String...) -> String {
        let statements = statuses.map {
            #"{"statement_id": "s", "status": \#($0), "message": null, "source": "pdf"}"#
        }
        return #"{"progress": [\#(statements.joined(separator: ", "))]}"#
    }

    private static func response(_ text: String) -> Answer {
        .response(
            .init(
                status: 200, body: AnswerBody(bytes: Array(text.utf8), contentType: nil)))
    }

    private static func watch(_ answers: [Answer], _ time: ManualTime = ManualTime())
        throws -> ProgressWatch
    {
        let api = BankConnectDouble([:])
        api.answer("e", with: answers)
        let request = ReadRequest(
            .transactions(entity: try #require(BankConnectID("e"))),
            at: try BankConnectDouble.environment(),
            credentials: try BankConnectDouble.credentials())
        return ProgressWatch(api: api, request: request, time: time.runTime)
    }

    @Test(arguments: [
        (Self.answer(#""completed""#, #""completed""#), EntityProgress.State.completed),
        (Self.answer(#""completed""#, "null"), .processing),
        (Self.answer(#""completed""#, #""processing""#), .processing),
        (Self.answer(#""completed""#, #""Completed""#), .processing),
        (Self.answer(#""completed""#, #""in_review""#), .processing),
        (Self.answer(#""completed""#, #""failed""#), .failed),
        (Self.answer(#""processing""#, #""failed""#), .failed),
        (Self.answer(), .nothingListed),
    ])
    func `an entity is completed where every statement is`(
        text: String, state: EntityProgress.State
    ) async throws {
        #expect(try await Self.watch([Self.response(text)]).look().state == state)
    }

    @Test(arguments: [
        "{}", #"{"progress": null}"#, #"{"progress": [1]}"#, #"{"progress": [{}]}"#,
        #"{"progress": [{"status": 1}]}"#, #"{"progress": [{"status": true}]}"#, "",
    ])
    func `what is not as documented is no answer`(text: String) async throws {
        let watch = try Self.watch([Self.response(text)])
        await #expect(throws: ReadFailure.self) { try await watch.look() }
    }

    @Test func `a wait ends when nothing goes on any more`() async throws {
        let time = ManualTime()
        let answers = [
            Self.answer(), Self.answer(#""processing""#), Self.answer(#""failed""#, "null"),
            Self.answer(#""failed""#, #""completed""#),
        ].map(Self.response)
        var looks = 0
        let wait = try await Self.watch(answers, time).wait(
            every: .seconds(2), timeout: .seconds(600)
        ) { _ in looks += 1 }
        #expect(wait.progress?.state == .failed)
        #expect(looks == 4)
        #expect(time.pauses == [.seconds(2), .seconds(2), .seconds(2)])
    }

    @Test func `a wait ends when its time does, with what is known`() async throws {
        let time = ManualTime()
        let watch = try Self.watch([Self.response(Self.answer(#""processing""#))], time)
        let wait = try await watch.wait(every: .seconds(2), timeout: .seconds(5)) { _ in }
        #expect(wait.progress?.state == .processing)
        #expect(time.elapsed == .seconds(5))
    }

    @Test func `a wait outlives an API that is gone for a while`() async throws {
        let time = ManualTime()
        let answers =
            Array(repeating: Answer.response(.init(status: 503)), count: 7)
            + [Self.response(Self.answer(#""completed""#))]
        let wait = try await Self.watch(answers, time).wait(
            every: .seconds(2), timeout: .seconds(600)
        ) { _ in }
        #expect(wait.progress?.state == .completed && wait.failure == nil)
    }

    @Test func `an API that stays away leaves nothing known, in time`() async throws {
        let time = ManualTime()
        let watch = try Self.watch([.response(.init(status: 503))], time)
        let wait = try await watch.wait(every: .seconds(2), timeout: .seconds(30)) { _ in }
        #expect(wait.progress == nil && wait.failure != nil)
        #expect(time.elapsed <= .seconds(30))
    }

    @Test func `refused keys are not waited for`() async throws {
        let time = ManualTime()
        let watch = try Self.watch([.response(.init(status: 401))], time)
        await #expect(throws: ReadFailure.self) {
            try await watch.wait(every: .seconds(2), timeout: .seconds(600)) { _ in }
        }
        #expect(time.pauses.isEmpty)
    }
}
