import BankhookDelivery
import JSONSyntax
import Testing

struct WebhookPayloadTests {
    @Test(arguments: [
        // The documented shapes (specification, section 1).
        #"{"entity_id":"e","statement_id":"s","link_id":"l","progress":"completed","reason":""}"#,
        #"{"entity_id":"e","statement_id":"s","link_id":"l","progress":"failed","reason":"Bad."}"#,
        #"{"entity_id":"e","statement_id":"","link_id":"l","progress":"failed","reason":"No."}"#,
        #"{"entity_id":"e","statement_id":"s","link_id":null,"progress":"completed","reason":null}"#,
    ])
    func `each documented shape is delivered byte for byte as it came`(text: String) throws {
        let payload = try WebhookPayload(try JSONParser.parse(Array(text.utf8)))
        #expect(String(decoding: payload.body, as: UTF8.self) == text)
    }

    @Test func `blank and null are two values`() throws {
        let blank = WebhookPayload(
            entityID: "e", statementID: "", linkID: "l", progress: "failed", reason: "")
        let null = WebhookPayload(
            entityID: "e", statementID: nil, linkID: "l", progress: "failed", reason: "")
        #expect(blank != null)
    }

    @Test func `what Unicode calls equivalent is two values too`() {
        func payload(_ id: String) -> WebhookPayload {
            WebhookPayload(
                entityID: id, statementID: "s", linkID: "l", progress: "completed", reason: nil)
        }
        #expect(payload("caf\u{E9}") != payload("cafe\u{301}"))
    }

    @Test(arguments: ["entity_id", "statement_id", "link_id", "progress", "reason"])
    func `a field that is missing or of another type is named`(field: String) throws {
        let members = ["entity_id", "statement_id", "link_id", "progress", "reason"]
        let without = JSONValue.object(
            members.filter { $0 != field }.map { .init(key: $0, value: "x") })
        #expect(throws: PayloadShapeError.missing(field)) { try WebhookPayload(without) }
        let wrong = JSONValue.object(
            members.map { .init(key: $0, value: $0 == field ? .integer(7) : "x") })
        #expect(throws: PayloadShapeError.wrongType(field)) { try WebhookPayload(wrong) }
        #expect(throws: PayloadShapeError.noObject) { try WebhookPayload([]) }
    }
}
