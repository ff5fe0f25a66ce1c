import BankhookDelivery
import Foundation
import Testing

/// The documented shapes, row by row, and what is wrong with others (specification, section 1).
struct PayloadCheckTests {
    private static let entity =
        #"{"entity_id":"e","statement_id":"s","link_id":"l","progress":"completed","reason":""}"#

    private static func check(_ text: String) -> PayloadCheck { PayloadCheck(Array(text.utf8)) }

    @Test(arguments: [
        entity,
        #"{"entity_id":"e","statement_id":"s","link_id":"l","progress":"failed","reason":"no"}"#,
        #"{"entity_id":"e","statement_id":"","link_id":"l","progress":"failed","reason":"no"}"#,
        #"{"entity_id":"e","statement_id":"s","link_id":null,"progress":"completed","reason":""}"#,
        #"{"entity_id":"e","statement_id":"s","link_id":"l","progress":"completed","reason":null}"#,
        #"{"entity_id":"e","statement_id":"s","link_id":"l","progress":"completed","reason":"","new":1}"#,
    ])
    func `the entity flow's payloads are right, and can have a receipt`(text: String) {
        let check = Self.check(text)
        #expect(check.kind == .entity)
        #expect(check.problems == [])
        #expect(check.payload?.entityID == "e")
    }

    @Test(arguments: [
        #"{"session_id":"s","event_name":"SESSION_REQUIREMENT_COMPLETION_NOTIFICATION","accounts":[{}]}"#,
        #"{"session_id":"s","event_name":"SESSION_EXPIRY_NOTIFICATION","accounts":[]}"#,
        #"{"session_id":"s","event_name":"ENRICHMENT_NOTIFICATION","accounts":[{}],"message":"m"}"#,
    ])
    func `the Session flow's payloads are right, and can have none`(text: String) {
        let check = Self.check(text)
        #expect(check.kind == .session)
        #expect(check.problems == [])
        #expect(check.payload == nil)
    }

    @Test(arguments: [
        (#""entity_id":"e""#, #""x":1"#, "entity_id is missing"),
        (#""statement_id":"s""#, #""x":1"#, "statement_id is missing"),
        (#""link_id":"l""#, #""x":1"#, "link_id is missing"),
        (#""progress":"completed""#, #""x":1"#, "progress is missing"),
        (#""reason":"""#, #""x":1"#, "reason is missing"),
        (#""entity_id":"e""#, #""entity_id":5"#, "entity_id is a number, no string"),
        (#""entity_id":"e""#, #""entity_id":"""#, "entity_id is blank"),
        (#""entity_id":"e""#, #""entity_id":null"#, "entity_id is null, no string"),
        (#""statement_id":"s""#, #""statement_id":"""#, "statement_id is blank"),
        (#""statement_id":"s""#, #""statement_id":null"#, "statement_id is null, no string"),
        (#""link_id":"l""#, #""link_id":"""#, "link_id is blank"),
        (#""link_id":"l""#, #""link_id":["l"]"#, "link_id is a list, neither a string nor null"),
        (
            #""progress":"completed""#, #""progress":"Completed""#,
            "progress 'Completed' is neither completed nor failed"
        ),
        (#""progress":"completed""#, #""progress":null"#, "progress is null, no string"),
        (#""progress":"completed""#, #""progress":true"#, "progress is true or false, no string"),
        (#""reason":"""#, #""reason":{}"#, "reason is an object, neither a string nor null"),
    ])
    func `each wrong field of the entity flow is named`(
        right: String, wrong: String, problem: String
    ) {
        let check = Self.check(Self.entity.replacing(right, with: wrong))
        #expect(check.problems == [problem])
    }

    @Test(arguments: [
        (#""session_id":"s""#, #""x":1"#, "session_id is missing"),
        (#""session_id":"s""#, #""session_id":"""#, "session_id is blank"),
        (#""event_name":"ENRICHMENT_NOTIFICATION""#, #""x":1"#, "event_name is missing"),
        (
            #""event_name":"ENRICHMENT_NOTIFICATION""#, #""event_name":"OTHER""#,
            "event_name 'OTHER' is no documented one"
        ),
        (#""accounts":[]"#, #""x":1"#, "accounts is missing"),
        (#""accounts":[]"#, #""accounts":{}"#, "accounts is an object, no list"),
        (#""accounts":[]"#, #""accounts":[1]"#, "accounts holds something that is no object"),
        (#""accounts":[]"#, #""accounts":[],"message":1"#, "message is a number, no string"),
    ])
    func `each wrong field of the Session flow is named`(
        right: String, wrong: String, problem: String
    ) {
        let session = #"{"session_id":"s","event_name":"ENRICHMENT_NOTIFICATION","accounts":[]}"#
        let check = Self.check(session.replacing(right, with: wrong))
        #expect(check.problems == [problem])
        #expect(check.payload == nil)
    }

    @Test(arguments: [
        ("", "the body is no JSON: unexpected end at byte 0"),
        ("entity_id=e", "the body is no JSON: unexpected character at byte 0"),
        ("[]", "the body is a list, no object"), ("null", "the body is null, no object"),
        ("{}", "it has the fields of no documented payload"),
        (#"{"entity_id":"e","session_id":"s"}"#, "it has fields of both flows"),
    ])
    func `what is no payload at all is said so`(text: String, problem: String) {
        let check = Self.check(text)
        #expect(check.kind == .unknown)
        #expect(check.problems == [problem])
        #expect(check.payload == nil)
    }

    @Test func `every mistake of one body is named at once`() {
        #expect(
            Self.check(#"{"progress":"odd","reason":1}"#).problems == [
                "entity_id is missing", "statement_id is missing", "link_id is missing",
                "reason is a number, neither a string nor null",
                "progress 'odd' is neither completed nor failed",
            ])
    }

    @Test(arguments: ProbeShape.allCases)
    func `what probes send is right`(shape: ProbeShape) {
        let check = PayloadCheck(shape.body)
        #expect(check.kind != .unknown)
        #expect(check.problems == [])
    }

    @Test(arguments: ["valid", "invalid"])
    func `it agrees with the schema about every document`(kind: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Documents/payload/\(kind)")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        #expect(files.count > 5)
        for file in files {
            let check = PayloadCheck(Array(try Data(contentsOf: file)))
            #expect(check.problems.isEmpty == (kind == "valid"), "\(file.lastPathComponent)")
        }
    }
}
