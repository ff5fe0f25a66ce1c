import BankConnectEmulator
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite struct FaultFormTests {
    @Test(arguments: [
        ("", "not a JSON list"), ("{}", "not a JSON list"), ("[", "not a JSON list"),
        ("[7]", "faults[0]: not an object"),
        (#"[{"times":1,"status":500}]"#, "faults[0].path: missing"),
        (#"[{"path":"x","times":1,"status":500}]"#, "faults[0].path: not a string"),
        (#"[{"path":7,"times":1,"status":500}]"#, "faults[0].path: not a string"),
        (#"[{"path":"/_emulator/faults","times":1,"status":500}]"#, "faults[0].path: the emulator"),
        (#"[{"path":"/","status":500}]"#, "faults[0].times: missing"),
        (#"[{"path":"/","times":0,"status":500}]"#, "faults[0].times: not an integer from 1"),
        (#"[{"path":"/","times":1.0,"status":500}]"#, "faults[0].times: not an integer"),
        (#"[{"path":"/","times":true,"status":500}]"#, "faults[0].times: not an integer"),
        (#"[{"path":"/","times":1,"status":"500"}]"#, "faults[0].status: not an integer"),
        (#"[{"path":"/","times":1,"status":100}]"#, "faults[0].status: not an integer from 200"),
        (#"[{"path":"/","times":1,"status":600}]"#, "faults[0].status: not an integer"),
        (#"[{"path":"/","times":1,"delay_ms":-1}]"#, "faults[0].delay_ms: not an integer"),
        (#"[{"path":"/","times":1,"headers":[]}]"#, "faults[0].headers: not an object"),
        (#"[{"path":"/","times":1,"headers":{"a b":"x"}}]"#, "'a b' cannot be set"),
        (#"[{"path":"/","times":1,"headers":{"Content-Length":"9"}}]"#, "cannot be set"),
        (#"[{"path":"/","times":1,"headers":{"a":7}}]"#, "'a' has no usable value"),
        (#"[{"path":"/","times":1,"headers":{"a":"x","A":"y"}}]"#, "'A' given twice"),
        (#"[{"path":"/","times":1,"headers":{"a":"x\r\ny: z"}}]"#, "'a' has no usable value"),
        (#"[{"path":"/","times":1,"reset":"never"}]"#, "faults[0].reset: neither"),
        (#"[{"path":"/","times":1,"reset":"after","body":"x"}]"#, "no headers or body"),
        (#"[{"path":"/","times":1,"reset":"before","status":500}]"#, "no status"),
        (#"[{"path":"/","times":1,"drip_ms":0}]"#, "drip_ms: not an integer from 1"),
        (#"[{"path":"/","times":1,"drip_ms":1,"reset":"after"}]"#, "no headers or body"),
        (#"[{"path":"/","times":1,"status":500,"wait":5}]"#, "faults[0].wait: unknown"),
        (#"[{"path":"/","times":1,"times":2,"status":500}]"#, "faults[0].times: given twice"),
        (#"[{"path":"/","times":1}]"#, "faults[0]: it disturbs nothing"),
        (#"[{"path":"/","times":1,"status":500},{"path":"/","times":1}]"#, "faults[1]: "),
    ])
    func `a malformed list is refused, says why, and leaves the old faults`(
        body: String, reason: String
    ) async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(#"[{"path":"/old","times":3,"status":500}]"#)
            let answer = try await emulator.setFaults(body)
            #expect(answer.status == .badRequest)
            #expect(answer.text.hasPrefix(#"{"error":""#))
            #expect(answer.text.contains(reason))
            #expect(try await emulator.list("faults") == [ListedFault(path: "/old", times: 3)])
        }
    }

    @Test func `a list replaces the one before, and an empty one ends all faults`() async throws {
        try await withEmulator { emulator in
            _ = try await emulator.setFaults(#"[{"path":"/old","times":3,"status":500}]"#)
            _ = try await emulator.setFaults(#"[{"path":"/new","times":1,"status":500}]"#)
            #expect(try await emulator.list("faults") == [ListedFault(path: "/new", times: 1)])
            #expect(try await emulator.setFaults("[]").text == "[]")
            #expect(try await emulator.list("faults", of: ListedFault.self).isEmpty)
        }
    }

    @Test func `what is shown can be put back`() async throws {
        try await withEmulator { emulator in
            let list = """
                [{"path":"/a","times":2,"status":429,"delay_ms":5,"headers":{"retry-after":"3"},\
                "body":{"detail":["x",1.50,null,true]}},{"path":"/b","times":1,"reset":"after"},{"path":"/c","times":1,"drip_ms":5}]
                """
            let put = try await emulator.setFaults(list)
            #expect(put.text == list)
            let shown = try await emulator.send(.get, "/_emulator/faults")
            #expect(shown.text == list)
            let again = try await emulator.setFaults(shown.text)
            #expect(again.text == list)
        }
    }
}
