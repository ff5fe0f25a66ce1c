import BankConnectAPI
import BankhookDelivery
import BankhookModel
import Testing

/// What is listed, in which order, and what happens where it is not known.
struct PayloadsRunTests {
    private static func run(
        _ api: BankConnectDouble, _ links: [BankConnectID], filter: PayloadFilter = PayloadFilter(),
        time: ManualTime = ManualTime()
    ) async throws -> [PayloadsRun.Listing] {
        var listings = [PayloadsRun.Listing]()
        await PayloadsRun(try api.links(time), filter: filter).run(links) { listings.append($0) }
        return listings
    }

    /// The statements of one list under a filter.
    private static func statements(
        _ answer: String, _ filter: PayloadFilter
    ) async throws -> [String?] {
        let listings = try await run(BankConnectDouble(["l": answer]), ids("l"), filter: filter)
        return try #require(listings.first).payloads.get().map(\.payload.statementID)
    }

    private static func failure(
        _ answer: Answer, time: ManualTime = ManualTime()
    ) async throws -> (failure: LinkFailure?, questions: Int) {
        let api = BankConnectDouble([:])
        api.answer("l", with: [answer])
        let listing = try #require(try await run(api, ids("l"), time: time).first)
        guard case .failure(let failure) = listing.payloads else { return (nil, 0) }
        return (failure, api.questions.count)
    }

    private static func response(
        _ status: Int, _ body: String = "", type: String? = nil, retryAfter: Duration? = nil
    ) -> Answer {
        .response(
            .init(
                status: status, body: AnswerBody(bytes: Array(body.utf8), contentType: type),
                retryAfter: retryAfter))
    }

    @Test func `every link's payloads come in the order of the links, as the API sent them`()
        async throws
    {
        let api = BankConnectDouble(
            Dictionary(
                uniqueKeysWithValues: (0..<50).map {
                    ("l\($0)", list(entry("l\($0)", "new"), entry("l\($0)", "old")))
                }))
        let links = (0..<50).compactMap { BankConnectID("l\($0)") }
        let listings = try await Self.run(api, links)
        #expect(listings.map(\.link) == links)
        for listing in listings {
            #expect(try listing.payloads.get().map(\.payload.statementID) == ["new", "old"])
        }
        #expect(Set(api.questions).count == 50 && api.questions.count == 50)
    }

    @Test(arguments: [408, 425, 429, 500, 502, 503, 599])
    func `a question is asked five times where that may help`(status: Int) async throws {
        let time = ManualTime()
        let (failure, questions) = try await Self.failure(Self.response(status), time: time)
        #expect(
            failure
                == .read(ReadFailure(cause: .answer(Self.response(status)), attempts: 5)))
        #expect(questions == 5)
        #expect(
            time.pauses == [
                .milliseconds(500), .seconds(1), .seconds(2), .seconds(4),
            ])
    }

    @Test(arguments: [Answer.reset, .timedOut, .connectionRefused, .connectTimedOut])
    func `no answer at all is asked for again too`(answer: Answer) async throws {
        #expect(try await Self.failure(answer).questions == 5)
    }

    @Test(arguments: [
        Self.response(400), Self.response(401), Self.response(403), Self.response(404),
        Self.response(204), Self.response(302), .nameNotFound, .tlsFailed("no"),
    ])
    func `what another question does not change is asked once`(answer: Answer) async throws {
        let (failure, questions) = try await Self.failure(answer)
        #expect(failure == .read(ReadFailure(cause: .answer(answer), attempts: 1)))
        #expect(questions == 1)
    }

    @Test func `the server says how long to wait`() async throws {
        let time = ManualTime()
        _ = try await Self.failure(Self.response(429, retryAfter: .seconds(7)), time: time)
        #expect(time.pauses == Array(repeating: .seconds(7), count: 4))
        let long = ManualTime()
        let (_, questions) = try await Self.failure(
            Self.response(503, retryAfter: .seconds(60)), time: long)
        #expect(questions == 4, "none begins more than three minutes after the first")
    }

    @Test(arguments: [
        (Self.response(200, "<html>", type: "text/html"), ReadFailure.Cause.loginPage),
        (Self.response(200, " <p>"), .loginPage),
        (
            Self.response(200, String(repeating: " ", count: ReadRequest.answerLimit + 1)),
            .tooLong
        ),
        (Self.response(200, "{}"), .wrongShape("it has no list 'payloads'")),
        (Self.response(200, #"{"payloads": {}}"#), .wrongShape("it has no list 'payloads'")),
        (Self.response(200, #"{"payloads": [7]}"#), .wrongShape("payloads[0] is no object")),
        (
            Self.response(200, #"{"payloads": [{"entity_id": "e"}]}"#),
            .wrongShape("payloads[0] has no statement_id")
        ),
    ])
    func `an answer that is not what BankConnect documents is no list`(
        answer: Answer, cause: ReadFailure.Cause
    ) async throws {
        #expect(
            try await Self.failure(answer).failure
                == .read(ReadFailure(cause: cause, attempts: 1)))
    }

    @Test(arguments: ["", "{", #"{"payloads": [], "payloads": []}"#, "[1]]"])
    func `what is no strict JSON is no list`(body: String) async throws {
        guard case .read(let failure)? = try await Self.failure(Self.response(200, body)).failure,
            case .noJSON = failure.cause
        else {
            Issue.record("it was taken for JSON")
            return
        }
    }

    @Test(arguments: [Self.response(401), Self.response(403), .nameNotFound, .connectionRefused])
    func `what concerns every link ends the questions`(answer: Answer) async throws {
        let api = BankConnectDouble([:])
        let links = (0..<100).compactMap { BankConnectID("l\($0)") }
        for link in links { api.answer(link.text, with: [answer]) }
        let listings = try await Self.run(api, links)
        #expect(listings.count == 100)
        #expect(Set(api.questions).count <= PayloadsRun.parallelism)
        #expect(
            listings.contains {
                if case .failure(.notAsked) = $0.payloads { true } else { false }
            })
    }

    @Test func `one link that fails leaves the others alone`() async throws {
        let api = BankConnectDouble(["a": list(entry("a", "s"))])
        api.answer("b", with: [Self.response(404)])
        let listings = try await Self.run(api, ids("b", "a", "c"))
        #expect(try listings[1].payloads.get().count == 1)
        #expect(try listings[2].payloads.get().isEmpty)
        #expect(throws: LinkFailure.self) { try listings[0].payloads.get() }
    }

    // MARK: Filters

    @Test func `the newest of each statement comes before the other filters`() async throws {
        let answer = list(
            entry("l", "s1", "completed", at: "2026-11-23 12:00:00"),
            entry("l", "s2", "failed", at: "2026-11-23 11:00:00"),
            entry("l", "s1", "failed", at: "2026-11-23 10:00:00"))
        #expect(
            try await Self.statements(answer, PayloadFilter(progress: "failed")) == ["s2", "s1"])
        #expect(
            try await Self.statements(answer, PayloadFilter(progress: "failed", isLatestOnly: true))
                == ["s2"])
        let until = PayloadMoment("2026-11-23 11:30:00")
        #expect(
            try await Self.statements(answer, PayloadFilter(isLatestOnly: true, until: until))
                == ["s2"])
    }

    @Test func `a payload without a statement is the newest of none`() async throws {
        let answer = list(
            entry("l", "", "failed", at: "2026-11-23 12:00:00"),
            entry("l", "", "failed", at: "2026-11-23 11:00:00"))
        #expect(try await Self.statements(answer, PayloadFilter(isLatestOnly: true)) == ["", ""])
    }

    @Test func `since and until hold their own second`() async throws {
        let answer = list(
            entry("l", "s3", at: "2026-11-23 12:00:00.5"),
            entry("l", "s2", at: "2026-11-23T11:00:00"),
            entry("l", "s1", at: "2026-11-23 10:00:00"))
        let filter = PayloadFilter(
            since: PayloadMoment("2026-11-23 11:00:00"), until: PayloadMoment("2026-11-23 12:00:00")
        )
        #expect(try await Self.statements(answer, filter) == ["s3", "s2"])
    }

    @Test func `a moment that cannot be read is no reason to leave a payload out`() async throws {
        let api = BankConnectDouble(["l": list(entry("l", "s1", at: "yesterday"))])
        let all = try await Self.run(api, ids("l"))
        #expect(try all[0].payloads.get().count == 1)
        let filter = PayloadFilter(since: PayloadMoment("2026-11-23 11:00:00"))
        let narrowed = try await Self.run(api, ids("l"), filter: filter)
        #expect(throws: LinkFailure.self) { try narrowed[0].payloads.get() }
    }

    @Test(arguments: [
        "2026-11-23", "2026-11-23T11:00:00", "2026-11-23 11:00:00Z", "2026-02-30 11:00:00",
        "2026-11-23 24:00:00", "", "2026-11-23  11:00:00",
    ])
    func `a moment is written as the API writes it`(text: String) {
        #expect(PayloadMoment(text) == nil)
    }
}
