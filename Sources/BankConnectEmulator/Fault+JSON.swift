import HTTPTypes

/// The form of `/_emulator/faults`. What GET shows, PUT takes.
extension Fault {
    private static let maximumTimes = 1_000_000
    private static let maximumDelay = 600_000
    /// 1xx is left out: it is never the last word, so a client would wait for ever.
    private static let statuses = 200...599
    private static let framing: [HTTPField.Name] = [
        .contentLength, .transferEncoding, .connection,
    ]

    /// Reads the list that replaces all faults.
    static func list(_ json: JSON?) throws(FaultError) -> [Fault] {
        guard case .array(let values) = json else {
            throw FaultError(message: "the body is not a JSON list of faults")
        }
        var faults: [Fault] = []
        for (index, value) in values.enumerated() {
            faults.append(try Fault(value, at: "faults[\(index)]"))
        }
        return faults
    }

    /// Reads one fault; `place` begins the sentence of a mistake.
    init(_ json: JSON, at place: String) throws(FaultError) {
        var fields = try FaultFields(json, at: place)
        path = try fields.path()
        times = try fields.required("times", fields.integer("times", in: 1...Fault.maximumTimes))
        status = try fields.integer("status", in: Fault.statuses)
        delayMilliseconds = try fields.integer("delay_ms", in: 0...Fault.maximumDelay)
        dripMilliseconds = try fields.integer("drip_ms", in: 1...Fault.maximumDelay)
        headers = try fields.headers(except: Fault.framing)
        body = fields.take("body")
        reset = try fields.reset()
        try fields.finish()
        try refuseContradictions(at: place)
    }

    private func refuseContradictions(at place: String) throws(FaultError) {
        if reset != nil && (body != nil || dripMilliseconds != nil || !headers.isEmpty) {
            throw FaultError(message: "\(place): with 'reset' no headers or body are answered")
        }
        if reset == .before && status != nil {
            throw FaultError(message: "\(place): with 'reset: before' no status is answered")
        }
        let disturbs = reset ?? status ?? delayMilliseconds ?? dripMilliseconds ?? body as Any?
        if disturbs == nil && headers.isEmpty {
            throw FaultError(message: "\(place): it disturbs nothing")
        }
    }

    /// The fault as it is shown; what it does not set is left out.
    var json: JSON {
        var members: [JSON.Member] = [
            .init(name: "path", value: .string(path)),
            .init(name: "times", value: .integer(times)),
        ]
        func add(_ name: String, _ value: JSON?) {
            if let value { members.append(.init(name: name, value: value)) }
        }
        add("status", status.map(JSON.integer))
        add("delay_ms", delayMilliseconds.map(JSON.integer))
        let fields = headers.map { field in
            JSON.Member(name: field.name.rawName, value: .string(field.value))
        }
        add("headers", fields.isEmpty ? nil : .object(fields))
        add("body", body)
        add("drip_ms", dripMilliseconds.map(JSON.integer))
        add("reset", reset.map { .string($0.rawValue) })
        return .object(members)
    }
}
