import BankConnectEmulator
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

/// Extractions that end: their payloads, their statements, and whether a webhook is due.
@Suite(.timeLimit(.minutes(5))) struct EventTests {
    private static let payloads = "/bank-connect/v1/entity/webhook_payloads/?link_id="

    @Test func `a webhook has the documented fields and content type`() async throws {
        try await Receiver.with { receiver, url in
            try await withEmulator { emulator in
                try await emulator.register(url + "/hook?token=1")
                let event = try await emulator.event(
                    #""progress":"completed","mode":"net_banking","entity_id":"E","link_id":"L""#)
                #expect(event.webhook == "accepted")
                #expect(event.delivery?.status == 200)
                let call = try #require(receiver.calls.first)
                #expect(call.method == .post)
                #expect(call.path == "/hook?token=1")
                #expect(call.headers[.contentType] == "application/json")
                #expect(
                    call.body == #"{"entity_id":"E","statement_id":"\#(event.statement_id)","#
                        + #""link_id":"L","progress":"completed","reason":""}"#)
                #expect(receiver.calls.count == 1)
            }
        }
    }

    @Test(arguments: [
        (0, "net_banking", true), (0, "manual", false), (1, "net_banking", true),
        (1, "manual", true),
    ])
    func `the registered mode decides on the webhook and on the list`(
        mode: Int, upload: String, isDue: Bool
    ) async throws {
        try await Receiver.with { receiver, url in
            try await withEmulator { emulator in
                try await emulator.register(url, mode: mode)
                let event = try await emulator.event(
                    #""progress":"completed","mode":"\#(upload)","link_id":"L""#)
                #expect(event.webhook == (isDue ? "accepted" : "not_due"))
                #expect(receiver.calls.count == (isDue ? 1 : 0))
                let deliveries: [ListedDelivery] = try await emulator.list("deliveries")
                #expect(deliveries.count == (isDue ? 1 : 0))
                let list = try await emulator.payloads(ofLink: "L")
                #expect(list.map(\.statement_id) == (isDue ? [event.statement_id] : []))
            }
        }
    }

    @Test func `an update without a mode ends the webhooks of manual uploads`() async throws {
        try await Receiver.with { receiver, url in
            try await withEmulator { emulator in
                try await emulator.register(url, mode: 1)
                _ = try await emulator.update(#"{"webhook_url":"\#(url)"}"#)
                let event = try await emulator.event(#""progress":"completed","mode":"manual""#)
                #expect(event.webhook == "not_due")
                #expect(receiver.calls.isEmpty)
            }
        }
    }

    @Test func `a failure of net banking has a blank statement, a manual upload no link`()
        async throws
    {
        try await Receiver.with { receiver, url in
            try await withEmulator { emulator in
                try await emulator.register(url)
                let online = try await emulator.event(#""progress":"failed","mode":"net_banking""#)
                #expect(online.statement_id == "")
                #expect(online.link_id != nil)
                #expect(!online.reason.isEmpty)
                let manual = try await emulator.event(
                    #""progress":"failed","mode":"manual","reason":"too blurred","link_id":null"#)
                #expect(!manual.statement_id.isEmpty)
                #expect(manual.link_id == nil)
                let bodies = receiver.calls.map(\.body)
                #expect(bodies.count == 2)
                #expect(bodies.first?.contains(#""statement_id":"""#) == true)
                #expect(bodies.last?.contains(#""link_id":null"#) == true)
                #expect(bodies.last?.contains(#""reason":"too blurred""#) == true)
            }
        }
    }

    @Test func `payloads are listed newest first, to their account alone`() async throws {
        let other = try EmulatorAccount(parsing: "key:hash")
        try await Receiver.with { receiver, url in
            try await withEmulator(accounts: .listed([.demo, other])) { emulator in
                try await emulator.register(url)
                var statements: [String] = []
                for progress in ["completed", "failed", "completed"] {
                    let event = try await emulator.event(
                        #""progress":"\#(progress)","mode":"manual","link_id":"a b""#)
                    statements.append(event.statement_id)
                }
                _ = try await emulator.event(
                    #""progress":"completed","mode":"manual","link_id":"other""#)
                let list = try await emulator.payloads(ofLink: "a%20b")
                #expect(list.map(\.statement_id) == statements.reversed())
                #expect(list.map(\.progress) == ["completed", "failed", "completed"])
                #expect(list.first?.date_time == "2027-01-15 08:00:00")
                #expect(try await emulator.payloads(ofLink: "a+b").count == 3)
                #expect(try await emulator.payloads(ofLink: "nobody").isEmpty)
                let foreign = try await emulator.send(
                    .get, EventTests.payloads + "a%20b",
                    headers: ["x-api-key": "key", "server-hash": "hash"])
                #expect(foreign.text == #"{"payloads":[]}"#)
            }
        }
    }

    @Test func `a payload that nobody took is in the list all the same`() async throws {
        try await Receiver.with({ _ in .init(status: .internalServerError) }) { _, url in
            try await withEmulator { emulator in
                try await emulator.register(url)
                let event = try await emulator.event(
                    #""progress":"completed","mode":"net_banking","link_id":"L""#)
                #expect(event.webhook == "refused")
                #expect(try await emulator.payloads(ofLink: "L").count == 1)
            }
        }
    }

    @Test(arguments: [
        ("", 401), ("x-api-key", 400), ("x-api-key?link_id=", 400), ("x-api-key?link=L", 400),
    ])
    func `a list of payloads needs the keys and a link`(
        call: String, status: Int
    ) async throws {
        try await withEmulator { emulator in
            let query = call.firstIndex(of: "?").map { String(call[$0...]) } ?? ""
            let answer = try await emulator.send(
                .get, "/bank-connect/v1/entity/webhook_payloads/" + query,
                headers: call.isEmpty ? [:] : EmulatorClient.demoHeaders)
            #expect(answer.status.code == status)
        }
    }

    @Test func `transactions tell the source and the progress of each statement`() async throws {
        try await withEmulator { emulator in
            let path = "/bank-connect/v1/entity/E%201/transactions/"
            let unknown = try await emulator.send(
                .get, path, headers: EmulatorClient.demoHeaders)
            #expect(unknown.status == .notFound)
            let entity = #""entity_id":"E 1""#
            _ = try await emulator.event(#""progress":"processing","mode":"manual",\#(entity)"#)
            let online = try await emulator.event(
                #""progress":"completed","mode":"net_banking",\#(entity)"#)
            #expect(try await emulator.read(path).contains(#""status":"processing""#))
            let manual = try await emulator.event(
                #""progress":"failed","mode":"manual","reason":"R",\#(entity)"#)
            #expect(
                try await emulator.read(path).hasPrefix(
                    #"{"entity_id":"E 1","progress":[{"statement_id":"\#(manual.statement_id)","#
                        + #""status":"failed","message":"R","source":"pdf"},"#
                        + #"{"statement_id":"\#(online.statement_id)","#
                        + #""status":"completed","message":null,"source":"online"}]"#))
            let none = try await emulator.send(.get, path)
            #expect(none.status == .unauthorized)
        }
    }

    @Test(arguments: [
        "/bank-connect/v1/entity/webhook_payloads/?link_id=L",
        "/bank-connect/v1/entity/E/transactions/",
    ])
    func `what is read only is 405 to a write`(path: String) async throws {
        try await withEmulator { emulator in
            let answer = try await emulator.send(
                .post, path, headers: EmulatorClient.demoHeaders, body: "{}")
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == "GET, HEAD")
        }
    }

    @Test(arguments: [
        "/bank-connect/v1/entity/webhook_payloads", "/bank-connect/v1/entity/E/transactions",
        "/bank-connect/v1/entity//transactions/", "/bank-connect/v1/entity/transactions/",
        "/bank-connect/v1/entity/a/b/transactions/", "/bank-connect/v1/entity/%zz/transactions/",
    ])
    func `a path that is nearly right is 404`(path: String) async throws {
        try await withEmulator { emulator in
            let answer = try await emulator.send(
                .get, path, headers: EmulatorClient.demoHeaders)
            #expect(answer.status == .notFound)
        }
    }

    @Test(arguments: [
        ("", "progress: missing"), (#""progress":"done","mode":"manual""#, "progress: not one of"),
        (#""progress":"completed""#, "mode: missing"),
        (#""progress":"completed","mode":"pdf""#, "mode: not one of net_banking, manual"),
        (#""progress":"completed","mode":1"#, "mode: not a string"),
        (#""progress":"completed","mode":"manual","reason":"x""#, "reason: only a failure"),
        (#""progress":"failed","mode":"manual","entity_id":"""#, "entity_id: empty"),
        (#""progress":"failed","mode":"manual","link":"L""#, "'link' is unknown"),
        (#""progress":"failed","mode":"manual","mode":"manual""#, "mode: given twice"),
        (#""progress":"failed","mode":"manual","account":"x""#, "account: given twice"),
    ])
    func `an event that is none is refused and does not happen`(
        members: String, reason: String
    ) async throws {
        try await withEmulator { emulator in
            let answer = try await emulator.send(
                .post, "/_emulator/events", headers: ["content-type": "application/json"],
                body: #"{"account":"demo"\#(members.isEmpty ? "" : ",")\#(members)}"#)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains(reason), "\(answer.text)")
        }
    }

    @Test func `an account that nobody knows is refused`() async throws {
        try await withEmulator(accounts: .any) { emulator in
            let answer = try await emulator.send(
                .post, "/_emulator/events", headers: ["content-type": "application/json"],
                body: #"{"account":"acct-00000000","progress":"completed","mode":"manual"}"#)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains("account: there is none"))
        }
    }

    @Test func `what happens without a registration is listed and not delivered`() async throws {
        try await withEmulator { emulator in
            let event = try await emulator.event(
                #""progress":"completed","mode":"net_banking","entity_id":"E","link_id":"L""#)
            #expect(event.webhook == "not_registered")
            #expect(try await emulator.payloads(ofLink: "L").isEmpty)
            let transactions = try await emulator.read("/bank-connect/v1/entity/E/transactions/")
            #expect(transactions.contains(event.statement_id))
        }
    }

    @Test(arguments: [(0, "manual", 0), (0, "net_banking", 1), (1, "manual", 1), (3, "manual", 1)])
    func `the Session flow has a shape of its own and the same rule of modes`(
        mode: Int, upload: String, count: Int
    ) async throws {
        try await Receiver.with { receiver, url in
            try await withEmulator { emulator in
                try await emulator.register(url, mode: mode, path: EmulatorClient.sessionPath)
                _ = try await emulator.happen(
                    #""progress":"failed","mode":"\#(upload)","entity_id":"S","reason":"R""#)
                #expect(receiver.calls.count == count)
                for call in receiver.calls {
                    let start = #"{"session_id":"S","event_name":"ENRICHMENT_NOTIFICATION","#
                    #expect(call.body.hasPrefix(start + #""accounts":[{"bank_name":"#))
                    #expect(call.body.contains(#""account_status":"failed""#))
                    #expect(call.body.contains(#""error_message":"R""#))
                }
            }
        }
    }
}
