import BankConnectEmulator
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite struct UpdateCallTests {
    private let url = "https://hooks.lender.example/bankconnect"

    @Test func `an entity update answers 200 and is registered`() async throws {
        try await withEmulator { emulator in
            let answer = try await emulator.update(
                #"{"webhook_url":"https://hooks.lender.example/x","webhook_mode":1}"#)
            #expect(answer.status == .ok)
            #expect(answer.text == #"{"detail":"Webhook updated."}"#)
            #expect(answer.headers[.contentType] == "application/json")
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(
                registrations == [
                    ListedRegistration(
                        account: "demo", flow: "entity",
                        webhook_url: "https://hooks.lender.example/x", webhook_mode: 1,
                        updated_at: "2027-01-15T08:00:00Z")
                ])
        }
    }

    @Test(arguments: [0, 1, 3])
    func `a session update takes its modes and answers success`(mode: Int) async throws {
        try await withEmulator { emulator in
            let answer = try await emulator.update(
                EmulatorClient.sessionPath, #"{"webhook_url":"\#(url)","webhook_mode":\#(mode)}"#)
            #expect(answer.status == .ok)
            #expect(answer.text == #"{"message":"success"}"#)
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(registrations.map(\.flow) == ["session"])
            #expect(registrations.map(\.webhook_mode) == [mode])
        }
    }

    @Test(arguments: [EmulatorClient.entityPath, EmulatorClient.sessionPath])
    func `an update without a mode silently resets it to 0`(path: String) async throws {
        try await withEmulator { emulator in
            _ = try await emulator.update(path, #"{"webhook_url":"\#(url)","webhook_mode":1}"#)
            let answer = try await emulator.update(path, #"{"webhook_url":"\#(url)/new"}"#)
            #expect(answer.status == .ok)
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(registrations.map(\.webhook_mode) == [0])
            #expect(registrations.map(\.webhook_url) == [url + "/new"])
        }
    }

    @Test(arguments: [
        [:], ["x-api-key": "demo-api-key"], ["server-hash": "demo-server-hash"],
        ["x-api-key": "demo-server-hash", "server-hash": "demo-api-key"],
        ["x-api-key": "demo-api-key", "server-hash": ""],
        ["x-api-key": "demo-api-key:demo", "server-hash": "server-hash"],
    ])
    func `wrong or missing keys are refused in the words of each flow`(
        headers: [String: String]
    ) async throws {
        try await withEmulator { emulator in
            let body = #"{"webhook_url":"\#(url)","webhook_mode":1}"#
            let entity = try await emulator.send(
                .post, EmulatorClient.entityPath, headers: headers, body: body)
            #expect(entity.status == .unauthorized)
            #expect(
                entity.text == #"{"detail":"Authentication credentials were not provided."}"#)
            let session = try await emulator.send(
                .post, EmulatorClient.sessionPath, headers: headers, body: body)
            #expect(session.status == .forbidden)
            #expect(
                session.text == #"{"error":{"code":"FORBIDDEN","message":"#
                    + #""Authentication credentials were not provided."}}"#)
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(registrations.isEmpty)
        }
    }

    @Test(arguments: [
        "", "not json", "[]", "null", #""https://a.example""#, "{}", #"{"webhook_url":null}"#,
        #"{"webhook_url":7}"#, #"{"webhook_url":""}"#, #"{"webhook_url":"hooks.example/x"}"#,
        #"{"webhook_url":"ftp://hooks.example"}"#, #"{"webhook_url":"https://"}"#,
        #"{"webhook_url":"https:///path"}"#, #"{"webhook_url":"https://:443/"}"#,
        #"{"webhook_url":"https://a.example:99999/"}"#, #"{"webhook_url":"https://a.example:x/"}"#,
        #"{"webhook_url":"https://a b.example/"}"#, #"{"webhook_url":"https://user@/x"}"#,
        #"{"webhook_url":"https://[::1/x"}"#, #"{"webhook_url":"https://[]/x"}"#,
        #"{"webhook_url":"https://a]/x"}"#, #"{"webhook_url":"https://a.example/"} x"#,
        #"{"webhook_url":"https://a.example/\n"}"#,
    ])
    func `a body without a usable url is refused and changes nothing`(body: String) async throws {
        try await expectRefused(body, at: EmulatorClient.entityPath)
        try await expectRefused(body, at: EmulatorClient.sessionPath)
    }

    @Test(arguments: ["true", "1.0", #""1""#, "1e0", "-0", "-1", "2", "3", "null", "[]", "01"])
    func `an entity mode that is not the integer 0 or 1 is refused`(mode: String) async throws {
        let body = #"{"webhook_url":"\#(url)","webhook_mode":\#(mode)}"#
        try await expectRefused(body, at: EmulatorClient.entityPath)
    }

    @Test(arguments: ["true", "3.0", #""3""#, "2", "4", "null"])
    func `a session mode that is not the integer 0, 1 or 3 is refused`(mode: String) async throws {
        let body = #"{"webhook_url":"\#(url)","webhook_mode":\#(mode)}"#
        try await expectRefused(body, at: EmulatorClient.sessionPath)
    }

    private func expectRefused(_ body: String, at path: String) async throws {
        try await withEmulator { emulator in
            _ = try await emulator.update(path, #"{"webhook_url":"\#(url)","webhook_mode":1}"#)
            let answer = try await emulator.update(path, body)
            #expect(answer.status == .badRequest)
            let isSession = path == EmulatorClient.sessionPath
            #expect(answer.text.hasPrefix(isSession ? #"{"error":{"code":"# : #"{"detail":"#))
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(registrations.map(\.webhook_url) == [url])
            #expect(registrations.map(\.webhook_mode) == [1])
        }
    }

    @Test(arguments: [
        "http://127.0.0.1:9000/hook", "HTTPS://Hooks.Lender.Example", "https://[::1]:8443/x?y#z",
    ])
    func `an http or https url with a host is registered as written`(url: String) async throws {
        try await withEmulator { emulator in
            let answer = try await emulator.update(#"{"webhook_url":"\#(url)"}"#)
            #expect(answer.status == .ok)
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(registrations.map(\.webhook_url) == [url])
        }
    }

    @Test(arguments: [
        "/", "/bank-connect/v1/entity/update_webhook", "/bank-connect/v1/entity/update_webhook//",
        "/bank-connect/v1/entity/update_webhook%2F", "/Bank-Connect/v1/entity/update_webhook/",
        "/bank-connect/v1/other/",
    ])
    func `an unknown path is 404`(path: String) async throws {
        try await withEmulator { emulator in
            let answer = try await emulator.update(path, #"{"webhook_url":"\#(url)"}"#)
            #expect(answer.status == .notFound)
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(registrations.isEmpty)
        }
    }

    @Test func `a query does not make another path`() async throws {
        try await withEmulator { emulator in
            let answer = try await emulator.update(
                EmulatorClient.entityPath + "?a=b", #"{"webhook_url":"\#(url)"}"#)
            #expect(answer.status == .ok)
        }
    }

    @Test(arguments: [HTTPRequest.Method.get, .put, .delete, .patch, .head])
    func `a wrong method is 405 and names POST`(method: HTTPRequest.Method) async throws {
        try await withEmulator { emulator in
            for path in [EmulatorClient.entityPath, EmulatorClient.sessionPath] {
                let answer = try await emulator.send(
                    method, path, headers: EmulatorClient.demoHeaders)
                #expect(answer.status == .methodNotAllowed)
                #expect(answer.headers[.allow] == "POST")
            }
        }
    }

    @Test func `a body over 1 MiB is 413 and the connection goes on`() async throws {
        try await withEmulator { emulator in
            let long = String(repeating: "x", count: 1 << 20)
            let requests = try [#"{"webhook_url":"https://a.example/\#(long)"}"#, "{}"].map {
                try emulator.request(
                    .post, EmulatorClient.entityPath, headers: EmulatorClient.demoHeaders, body: $0)
            }
            let statuses = try await emulator.withConnection { connection in
                var statuses: [HTTPResponse.Status] = []
                for request in requests {
                    statuses.append(try await connection.execute(request).status)
                }
                return statuses
            }
            #expect(statuses == [.contentTooLarge, .badRequest])
        }
    }
}
