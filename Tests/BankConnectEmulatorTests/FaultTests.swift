import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import BankConnectEmulator

@Suite struct FaultTests {
    private static let path = EmulatorClient.entityPath
    private let body = #"{"webhook_url":"https://hooks.lender.example/x","webhook_mode":1}"#

    @Test func `a status is answered so many times, and the change is not made`() async throws {
        try await withEmulator { emulator in
            let faults = try await emulator.setFaults(
                #"[{"path":"\#(FaultTests.path)","times":2,"status":503}]"#)
            #expect(faults.status == .ok)
            #expect(try await emulator.update(body).status.code == 503)
            #expect(
                try await emulator.list("faults") == [ListedFault(path: FaultTests.path, times: 1)])
            #expect(try await emulator.update(body).status.code == 503)
            #expect(try await emulator.list("registrations", of: ListedRegistration.self).isEmpty)
            #expect(try await emulator.list("faults", of: ListedFault.self).isEmpty)
            #expect(try await emulator.update(body).status == .ok)
            let requests: [ListedRequest] = try await emulator.list("requests")
            #expect(requests.map(\.status) == [503, 503, 200])
        }
    }

    @Test func `even a status 200 of a fault makes no change`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                #"[{"path":"\#(FaultTests.path)","times":1,"status":200}]"#)
            #expect(try await emulator.update(body).status == .ok)
            #expect(try await emulator.list("registrations", of: ListedRegistration.self).isEmpty)
        }
    }

    @Test func `faults are used in the order of the list, on their own path`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                """
                [{"path":"\(FaultTests.path)","times":1,"status":500},
                 {"path":"\(EmulatorClient.sessionPath)","times":1,"status":502},
                 {"path":"\(FaultTests.path)","times":1,"status":429}]
                """)
            #expect(try await emulator.update(body).status.code == 500)
            #expect(try await emulator.update(body).status.code == 429)
            #expect(try await emulator.update(body).status.code == 200)
            #expect(
                try await emulator.update(EmulatorClient.sessionPath, body).status.code == 502)
        }
    }

    @Test func `headers and body go out with the answer, and the change is made`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                """
                [{"path":"\(FaultTests.path)","times":1,"body":"<html>login</html>",
                  "headers":{"content-type":"text/html","x-trace":"7"}}]
                """)
            let answer = try await emulator.update(body)
            #expect(answer.status == .ok)
            #expect(answer.text == "<html>login</html>")
            #expect(answer.headers[.contentType] == "text/html")
            #expect(answer.headers[try #require(HTTPField.Name("x-trace"))] == "7")
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(registrations.map(\.webhook_mode) == [1])
        }
    }

    @Test func `a status goes out with the fault's headers and JSON body`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                """
                [{"path":"\(FaultTests.path)","times":1,"status":429,"body":{"detail":"slow"},
                  "headers":{"retry-after":"3"}}]
                """)
            let answer = try await emulator.update(body)
            #expect(answer.status == .tooManyRequests)
            #expect(answer.text == #"{"detail":"slow"}"#)
            #expect(answer.headers[.retryAfter] == "3")
        }
    }

    @Test(arguments: [204, 304])
    func `a status without a body keeps the connection in order`(status: Int) async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                #"[{"path":"\#(FaultTests.path)","times":1,"status":\#(status)}]"#)
            let request = try emulator.request(
                .post, FaultTests.path, headers: EmulatorClient.demoHeaders, body: body)
            let statuses = try await emulator.withConnection { connection in
                let first = try await connection.execute(request).status.code
                return [first, try await connection.execute(request).status.code]
            }
            #expect(statuses == [status, 200])
        }
    }

    @Test(arguments: [("before", 0), ("after", 1)])
    func `a reset closes the connection before or after the change`(
        side: String, changes: Int
    ) async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                #"[{"path":"\#(FaultTests.path)","times":1,"reset":"\#(side)"}]"#)
            let body = body
            await #expect(throws: TestClient.Error.connectionClosing) {
                try await emulator.update(body)
            }
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(registrations.count == changes)
            let requests: [ListedRequest] = try await emulator.list("requests")
            #expect(requests.count == 1)
            #expect(requests.map(\.status) == [nil])
            #expect(try await emulator.update(body).status == .ok)
        }
    }

    @Test func `a reset after the change makes it though a status is given`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                #"[{"path":"\#(FaultTests.path)","times":1,"reset":"after","status":500}]"#)
            let body = body
            await #expect(throws: TestClient.Error.connectionClosing) {
                try await emulator.update(body)
            }
            let registrations: [ListedRegistration] = try await emulator.list("registrations")
            #expect(registrations.count == 1)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a delayed answer comes after the change was made`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                #"[{"path":"\#(FaultTests.path)","times":1,"delay_ms":600000}]"#)
            let request = try emulator.request(
                .post, FaultTests.path, headers: EmulatorClient.demoHeaders, body: body)
            try await emulator.withConnection { connection in
                try await connection.executeAndDontWaitForResponse(request)
                var registrations: [ListedRegistration] = []
                while registrations.isEmpty {
                    registrations = try await emulator.list("registrations")
                }
                let requests: [ListedRequest] = try await emulator.list("requests")
                #expect(requests.map(\.status) == [nil])
            }
        }
    }

    @Test func `a short delay ends with the whole answer`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                #"[{"path":"\#(FaultTests.path)","times":1,"delay_ms":1}]"#)
            #expect(try await emulator.update(body).status == .ok)
        }
    }

    @Test func `a fault comes before authentication and on unknown paths too`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                """
                [{"path":"\(FaultTests.path)","times":1,"status":502},
                 {"path":"/elsewhere","times":1,"status":504}]
                """)
            #expect(try await emulator.send(.post, FaultTests.path, body: body).status.code == 502)
            #expect(try await emulator.send(.get, "/elsewhere").status.code == 504)
        }
    }

    @Test func `a dripped body arrives whole, and the change is made`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                #"[{"path":"\#(FaultTests.path)","times":1,"drip_ms":1}]"#)
            let answer = try await emulator.update(body)
            #expect(answer.status == .ok)
            #expect(answer.text == #"{"detail":"Webhook updated."}"#)
            #expect(try await emulator.update(body).status == .ok)
        }
    }

    @Test func `a body that drips for ever does not hold up the end`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                #"[{"path":"\#(FaultTests.path)","times":1,"drip_ms":600000}]"#)
            let request = try emulator.updateRequest(body)
            try await emulator.withConnection { connection in
                try await connection.executeAndDontWaitForResponse(request)
                try await emulator.waitForRequest()
            }
        }
    }

    @Test(arguments: [
        "/bank-connect/v1/entity/webhook_payloads/", "/bank-connect/v1/entity/E/transactions/",
    ])
    func `lists and transactions meet faults too, whatever the query`(path: String) async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(
                """
                [{"path":"\(path)","times":1,"status":502},
                 {"path":"\(path)","times":1,"reset":"before"},
                 {"path":"\(path)","times":1,"body":"{\\"payloads\\":["}]
                """)
            func read() async throws -> TestClient.Response {
                try await emulator.send(
                    .get, path + "?link_id=L", headers: EmulatorClient.demoHeaders)
            }
            #expect(try await read().status.code == 502)
            await #expect(throws: TestClient.Error.connectionClosing) { try await read() }
            #expect(try await read().text == #"{"payloads":["#)
        }
    }

    @Test(arguments: [
        ("path=/x,status=503", #"{"path":"/x","times":1,"status":503}"#),
        (
            "path=/x,times=3,delay_ms=5,drip_ms=2,header=Retry-After: 3,header=x-a:b=c,body={\"a\",1}",
            #"{"path":"/x","times":3,"delay_ms":5,"headers":{"Retry-After":"3","x-a":"b=c"},"#
                + #""body":"{\"a\",1}","drip_ms":2}"#
        ),
        ("reset=after,path=/x", #"{"path":"/x","times":1,"reset":"after"}"#),
    ])
    func `a fault in short is the one in JSON`(short: String, json: String) throws {
        var orders = FaultOrders()
        try orders.add(short: short)
        #expect(orders.faults.map(\.json.text) == [json])
    }

    @Test(arguments: [
        ("", "path: missing"), ("path", "NAME=VALUE"), ("=x", "NAME=VALUE"),
        ("path=/x", "disturbs nothing"), ("path=/x,status=5x", "status: not an integer"),
        ("path=/x,status=503,,", "NAME=VALUE"), ("path=/x,stats=503", "stats: unknown"),
        ("path=/x,status=503,status=504", "status: given twice"),
        ("path=/x,header=x", "NAME:VALUE"), ("path=/_emulator/x,status=500", "own pages"),
    ])
    func `a malformed fault in short says why`(short: String, reason: String) {
        var orders = FaultOrders()
        let error = #expect(throws: FaultError.self) { try orders.add(short: short) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }
}
