import BankConnectEmulator
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite struct ControlPageTests {
    @Test(arguments: [
        "localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:80", "127.255.0.3", "[::1]", "[::1]:9",
    ])
    func `a loopback Host is let in`(host: String) async throws {
        try await withEmulator { emulator in
            let answer = try await emulator.send(
                .get, "/_emulator/requests", headers: ["host": host])
            #expect(answer.status == .ok)
        }
    }

    @Test(arguments: [
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "127.1",
        "128.0.0.1", "::1", "[::1", "[::2]", "localhost:x", "", "127.0.0.256", "localhost:80:80",
        "[[::1]", "[::1]]",
    ])
    func `another Host is 403, and the API itself does not mind it`(host: String) async throws {
        try await withEmulator { emulator in
            for page in ["registrations", "requests", "faults", "deliveries", "", "nothing"] {
                let answer = try await emulator.send(
                    .get, "/_emulator/" + page, headers: ["host": host])
                #expect(answer.status == .forbidden)
            }
            let write = try await emulator.send(
                .put, "/_emulator/faults",
                headers: ["host": host, "content-type": "application/json"],
                body: #"[{"path":"/","times":1,"status":500}]"#)
            #expect(write.status == .forbidden)
            #expect(try await emulator.list("faults", of: ListedFault.self).isEmpty)
            var headers = EmulatorClient.demoHeaders
            headers["host"] = host
            let update = try await emulator.send(
                .post, EmulatorClient.entityPath, headers: headers,
                body: #"{"webhook_url":"https://a.example"}"#)
            #expect(update.status == .ok)
        }
    }

    @Test(arguments: [
        ["origin": "https://evil.example"], ["origin": "null"], ["origin": "http://127.0.0.1:1"],
        ["sec-fetch-site": "cross-site"], ["sec-fetch-site": "same-site"],
        ["sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"],
        ["sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"],
    ])
    func `a page of another origin is let in nowhere`(headers: [String: String]) async throws {
        try await withEmulator { emulator in
            for page in ["registrations", "requests", "faults", "deliveries", ""] {
                let answer = try await emulator.send(.get, "/_emulator/" + page, headers: headers)
                #expect(answer.status == .forbidden)
            }
            var written = headers
            written["content-type"] = "application/json"
            let fault = try await emulator.send(
                .put, "/_emulator/faults", headers: written,
                body: #"[{"path":"/","times":1,"status":500}]"#)
            #expect(fault.status == .forbidden)
            let event = try await emulator.send(
                .post, "/_emulator/events", headers: written,
                body: #"{"account":"demo","progress":"completed","mode":"manual"}"#)
            #expect(event.status == .forbidden)
            #expect(try await emulator.list("faults", of: ListedFault.self).isEmpty)
        }
    }

    @Test func `its own page, a typed address and a followed link are let in`() async throws {
        try await withEmulator { emulator in
            let own = emulator.baseURL
            for headers in [
                ["origin": own, "sec-fetch-site": "same-origin"], ["sec-fetch-site": "none"],
                [
                    "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate",
                    "sec-fetch-dest": "document",
                ],
            ] {
                let answer = try await emulator.send(.get, "/_emulator/", headers: headers)
                #expect(answer.status == .ok)
            }
        }
    }

    @Test func `the host that it was told to listen on is let in`() async throws {
        try await withEmulator(host: "0.0.0.0") { emulator in
            for (host, status) in [("0.0.0.0:1", HTTPResponse.Status.ok), ("1.1.1.1", .forbidden)] {
                let answer = try await emulator.send(
                    .get, "/_emulator/requests", headers: ["host": host])
                #expect(answer.status == status)
            }
        }
    }

    @Test(arguments: [
        nil, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
        "application/jsonp", "text/plain; application/json",
    ])
    func `a write that a web form could make is 415`(contentType: String?) async throws {
        try await withEmulator { emulator in
            let headers = contentType.map { ["content-type": $0] } ?? [:]
            let answer = try await emulator.send(
                .put, "/_emulator/faults", headers: headers,
                body: #"[{"path":"/","times":1,"status":500}]"#)
            #expect(answer.status == .unsupportedMediaType)
            #expect(try await emulator.list("faults", of: ListedFault.self).isEmpty)
        }
    }

    @Test(arguments: ["application/json; charset=utf-8", "Application/JSON"])
    func `a content type may be spelled as HTTP allows`(contentType: String) async throws {
        try await withEmulator { emulator in
            let answer = try await emulator.send(
                .put, "/_emulator/faults", headers: ["content-type": contentType], body: "[]")
            #expect(answer.status == .ok)
        }
    }

    @Test func `an unknown page is 404 and a wrong method 405`() async throws {
        try await withEmulator { emulator in
            #expect(try await emulator.send(.get, "/_emulator/nothing").status == .notFound)
            let headers = ["content-type": "application/json"]
            let delete = try await emulator.send(.delete, "/_emulator/requests", headers: headers)
            #expect(delete.status == .methodNotAllowed)
            #expect(delete.headers[.allow] == "GET, HEAD")
            let get = try await emulator.send(.get, "/_emulator/events")
            #expect(get.status == .methodNotAllowed)
            #expect(get.headers[.allow] == "POST")
            let post = try await emulator.send(.post, "/_emulator/faults", headers: headers)
            #expect(post.status == .methodNotAllowed)
            #expect(post.headers[.allow] == "GET, HEAD, PUT")
        }
    }
}
