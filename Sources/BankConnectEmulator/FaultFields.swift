import HTTPTypes

/// The members of one fault while they are read: each is taken once, and none may remain.
struct FaultFields {
    private let place: String
    private var members: [String: JSON] = [:]

    /// - Throws: `FaultError` where the value is no object, or names a member twice.
    init(_ json: JSON, at place: String) throws(FaultError) {
        self.place = place
        guard case .object(let members) = json else {
            throw FaultError(message: "\(place): not an object")
        }
        for member in members {
            let earlier = self.members.updateValue(member.value, forKey: member.name)
            guard earlier == nil else { throw error(member.name, "given twice") }
        }
    }

    /// Takes a member as it is.
    mutating func take(_ name: String) -> JSON? {
        members.removeValue(forKey: name)
    }

    /// Takes an integer.
    mutating func integer(
        _ name: String, in range: ClosedRange<Int>
    ) throws(FaultError) -> Int? {
        guard let value = take(name) else { return nil }
        guard let integer = value.integer, range.contains(integer) else {
            throw error(name, "not an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    /// Insists on a member.
    func required<Value>(_ name: String, _ value: Value?) throws(FaultError) -> Value {
        guard let value else { throw error(name, "missing") }
        return value
    }

    /// Takes the path, which the emulator's own pages are not.
    mutating func path() throws(FaultError) -> String {
        guard let path = try required("path", take("path")).string, path.hasPrefix("/") else {
            throw error("path", "not a string that starts with '/'")
        }
        guard !ControlRoutes.own(path: path) else {
            throw error("path", "the emulator's own pages have no faults")
        }
        return path
    }

    /// Takes the side of the change on which the connection is closed.
    mutating func reset() throws(FaultError) -> Fault.Reset? {
        guard let value = take("reset") else { return nil }
        guard let reset = value.string.flatMap(Fault.Reset.init) else {
            throw error("reset", "neither 'before' nor 'after'")
        }
        return reset
    }

    /// Takes the headers: an object of strings, without those of `framing`, which only the server
    /// itself can set without breaking HTTP.
    mutating func headers(except framing: [HTTPField.Name]) throws(FaultError) -> HTTPFields {
        guard let value = take("headers") else { return [:] }
        guard case .object(let members) = value else { throw error("headers", "not an object") }
        var headers: HTTPFields = [:]
        for member in members {
            guard let name = HTTPField.Name(member.name), !framing.contains(name) else {
                throw error("headers", "'\(member.name)' cannot be set")
            }
            guard let text = member.value.string, HTTPField.isValidValue(text) else {
                throw error("headers", "'\(member.name)' has no usable value")
            }
            guard headers[name] == nil else {
                throw error("headers", "'\(member.name)' given twice")
            }
            headers[name] = text
        }
        return headers
    }

    /// - Throws: `FaultError` that names a member that nobody took.
    func finish() throws(FaultError) {
        guard let unknown = members.keys.min() else { return }
        let known = "path, times, status, delay_ms, headers, body, drip_ms, reset"
        throw error(unknown, "unknown; a fault has \(known)")
    }

    private func error(_ name: String, _ mistake: String) -> FaultError {
        FaultError(message: "\(place).\(name): \(mistake)")
    }
}
