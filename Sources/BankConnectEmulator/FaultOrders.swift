/// Faults that are ordered before the emulator starts, in the words of its own page or in short.
package struct FaultOrders: Sendable {
    /// In the order in which calls meet them.
    private(set) var faults: [Fault] = []

    /// None.
    package init() {}

    /// Adds what `PUT /_emulator/faults` would take.
    package mutating func add(json bytes: [UInt8]) throws(FaultError) {
        faults += try Fault.list(JSONParser.parse(bytes))
    }

    /// Adds one that is written as `path=/…,status=503,times=2`. The names are those of the JSON;
    /// `times` is 1 unless it is said, `header=NAME:VALUE` may stand several times, and `body=` takes
    /// all that stands behind it.
    package mutating func add(short text: String) throws(FaultError) {
        var members: [JSON.Member] = []
        var headers: [JSON.Member] = []
        var rest = text[...]
        while !rest.isEmpty {
            let isBody = rest.hasPrefix("body=")
            let part = isBody ? rest : rest.prefix { $0 != "," }
            rest = rest.dropFirst(part.count + 1)
            guard let mark = part.firstIndex(of: "="), mark != part.startIndex else {
                throw FaultError(message: "a fault is written NAME=VALUE,NAME=VALUE…")
            }
            let (name, value) = (String(part[..<mark]), part[part.index(after: mark)...])
            guard name == "header" else {
                members.append(.init(name: name, value: FaultOrders.value(name, value)))
                continue
            }
            guard let colon = value.firstIndex(of: ":") else {
                throw FaultError(message: "header: not NAME:VALUE")
            }
            let text = value[value.index(after: colon)...].drop { $0 == " " }
            headers.append(.init(name: String(value[..<colon]), value: .string(String(text))))
        }
        if !headers.isEmpty { members.append(.init(name: "headers", value: .object(headers))) }
        if !members.contains(where: { $0.name == "times" }) {
            members.append(.init(name: "times", value: .integer(1)))
        }
        faults.append(try Fault(.object(members), at: "the fault"))
    }

    private static func value(_ name: String, _ text: Substring) -> JSON {
        let isNumber = ["times", "status", "delay_ms", "drip_ms"].contains(name)
        return isNumber && Int(text) != nil ? .number(String(text)) : .string(String(text))
    }
}
