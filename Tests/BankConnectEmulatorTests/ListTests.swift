import BankConnectEmulator
import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite struct ListTests {
    private static func headers(_ key: String, _ hash: String) -> [String: String] {
        ["x-api-key": key, "server-hash": hash, "content-type": "application/json"]
    }

    @Test func `requests are listed in order, with the body as it was understood`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.update(
                #"{"webhook_url":"https://a.example","webhook_mode":1.0}"#)
            _ = try await emulator.send(.get, "/nowhere?secret=1")
            _ = try await emulator.send(.post, EmulatorClient.sessionPath, body: "no \"json\"")
            let answer = try await emulator.send(.get, "/_emulator/requests")
            let at = #"{"at":"2027-01-15T08:00:00Z","#
            let entity = EmulatorClient.entityPath
            let session = EmulatorClient.sessionPath
            #expect(
                answer.text == "[" + at + #""method":"POST","path":"\#(entity)","account":"demo","#
                    + #""body":{"webhook_url":"https://a.example","webhook_mode":1.0},"status":400},"#
                    + at + #""method":"GET","path":"/nowhere","account":null,"body":null,"#
                    + #""status":404},"#
                    + at + #""method":"POST","path":"\#(session)","account":null,"#
                    + #""body":"no \"json\"","status":403}]"#)
        }
    }

    @Test func `registrations are sorted, and header values are nowhere`() async throws {
        let accounts = try ["zeta-key:zeta-hash", "demo-api-key:demo-server-hash", "a:b:c"]
            .map(EmulatorAccount.init(parsing:))
        try await withEmulator(accounts: .listed(accounts)) { emulator in
            let body = #"{"webhook_url":"https://a.example","webhook_mode":1}"#
            let pairs = [
                ("zeta-key", "zeta-hash"), ("demo-api-key", "demo-server-hash"), ("a", "b:c"),
            ]
            for (key, hash) in pairs {
                for path in [EmulatorClient.sessionPath, EmulatorClient.entityPath] {
                    let answer = try await emulator.send(
                        .post, path, headers: ListTests.headers(key, hash), body: body)
                    #expect(answer.status == .ok)
                }
            }
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            let names = registrations.map { "\($0.account) \($0.flow)" }
            #expect(names == names.sorted())
            #expect(Set(names).count == 6)
            #expect(names.suffix(2) == ["demo entity", "demo session"])
            for page in ["registrations", "requests", "faults"] {
                let text = try await emulator.send(.get, "/_emulator/" + page).text
                #expect(!text.contains("zeta"))
                #expect(!text.contains("demo-api-key"))
            }
        }
    }

    @Test func `any account is an account of its own where all are taken`() async throws {
        try await withEmulator(accounts: .any) { emulator in
            let body = #"{"webhook_url":"https://a.example","webhook_mode":1}"#
            for (key, hash) in [("k1", "h1"), ("k2", "h2"), ("demo-api-key", "demo-server-hash")] {
                let answer = try await emulator.send(
                    .post, EmulatorClient.entityPath, headers: ListTests.headers(key, hash),
                    body: body)
                #expect(answer.status == .ok)
            }
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(registrations.count == 3)
            #expect(registrations.last?.account == "demo")
            let none = try await emulator.send(.post, EmulatorClient.entityPath, body: body)
            #expect(none.status == .unauthorized)
        }
    }

    @Test func `200 updates at once are all recorded`() async throws {
        let lines = Lines()
        try await withEmulator(accounts: .any, onRequest: { lines.append($0.path) }) { emulator in
            try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await emulator.send(
                            .post, EmulatorClient.entityPath,
                            headers: ListTests.headers("key\(number)", "hash"),
                            body:
                                #"{"webhook_url":"https://a.example/\#(number)","webhook_mode":1}"#
                        ).status
                    }
                }
                for try await status in group { #expect(status == .ok) }
            }
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(Set(registrations.map(\.webhook_url)).count == 200)
            let requests: [ListedRequest] = try await emulator.list("requests")
            #expect(requests.count == 200)
            #expect(requests.allSatisfy { $0.status == 200 && $0.body != nil })
        }
        #expect(lines.all.count == 200)
    }

    @Test func `a thousand updates over one connection are all recorded`() async throws {
        try await withEmulator { emulator in
            let calls = try (0..<1_000).map { number in
                try emulator.updateRequest(#"{"webhook_url":"https://a.example/\#(number)"}"#)
            }
            try await emulator.withConnection { connection in
                for call in calls {
                    let answer = try await connection.execute(call)
                    #expect(answer.status == .ok)
                }
            }
            let requests: [ListedRequest] = try await emulator.list("requests")
            let urls = requests.map(\.body?.webhook_url)
            #expect(urls == (0..<1_000).map { "https://a.example/\($0)" })
        }
    }

    @Test func `each call to the API is told before its answer, its own pages are not`()
        async throws
    {
        let lines = Lines()
        try await withEmulator(onRequest: { record in
            let status = record.status.map(String.init) ?? "-"
            lines.append("\(record.method) \(record.path) \(record.account ?? "-") \(status)")
        }) { emulator in
            _ = try await emulator.update(#"{"webhook_url":"https://a.example"}"#)
            #expect(lines.all == ["POST \(EmulatorClient.entityPath) demo 200"])
            _ = try await emulator.send(.get, "/_emulator/requests")
            #expect(lines.all.count == 1)
            _ = try await emulator.setFaults(#"[{"path":"/x","times":1,"reset":"before"}]"#)
            _ = try? await emulator.send(.get, "/x")
            #expect(lines.all.last == "GET /x - -")
        }
    }
}
