import HTTPTypes

/// The mistakes that the emulator's own pages answer, in a form that is none of the API's.
extension Answer {
    /// What is wrong, as JSON.
    static func error(_ status: HTTPResponse.Status, _ message: String) -> Answer {
        Answer(status, .object(["error": .string(message)]))
    }

    /// The page exists, with these methods.
    static func notAllowed(_ methods: String) -> Answer {
        var answer = Answer.error(.methodNotAllowed, "this page has \(methods) only")
        answer.headers[.allow] = methods
        return answer
    }
}
