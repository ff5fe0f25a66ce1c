package import JSONSyntax

/// How far one statement of an entity is (specification, section 1).
package struct StatementProgress: Sendable {
    package enum Status: Equatable, Sendable {
        case completed, failed
        /// Also null, and words that no page names: nothing says that it has ended.
        case processing
    }

    package let statementID: String?
    package let status: Status
    package let message: String?
    package let source: String?
    /// Everything that the API sent.
    package let json: JSONValue

    init(_ value: JSONValue) throws(PayloadShapeError) {
        guard case .object = value else { throw .noObject }
        func text(_ name: String) throws(PayloadShapeError) -> String? {
            switch value[name] {
            case .string(let text): text
            case .null, nil: nil
            default: throw .wrongType(name)
            }
        }
        guard value["status"] != nil else { throw .missing("status") }
        statementID = try text("statement_id")
        message = try text("message")
        source = try text("source")
        json = value
        switch try text("status") {
        case "completed": status = .completed
        case "failed": status = .failed
        default: status = .processing
        }
    }

    /// The statements of an answer.
    static func list(in answer: JSONValue) throws(ListShapeError) -> [StatementProgress] {
        guard case .array(let entries)? = answer["progress"] else {
            throw ListShapeError("it has no list 'progress'")
        }
        var list = [StatementProgress]()
        for (index, entry) in entries.enumerated() {
            do throws(PayloadShapeError) {
                list.append(try StatementProgress(entry))
            } catch {
                throw ListShapeError("progress[\(index)] \(error)")
            }
        }
        return list
    }
}
