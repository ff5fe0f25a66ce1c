import HTTPTypes

/// What each flow answers: the entity flow in the manner of its framework, the Session flow in an
/// envelope of its own. The Session flow's success and the text
/// of 401 are the vendor's, the rest is the emulator's own.
extension Flow {
    /// The change was made. The entity flow's body is documented nowhere, so it tells nothing that
    /// a client could come to rely on.
    var success: Answer {
        switch self {
        case .entity: Answer(.ok, .object(["detail": .string("Webhook updated.")]))
        case .session: Answer(.ok, .object(["message": .string("success")]))
        }
    }

    /// The headers name no account.
    var unauthenticated: Answer {
        let message = "Authentication credentials were not provided."
        return switch self {
        case .entity: Answer(.unauthorized, .object(["detail": .string(message)]))
        case .session: failure(.forbidden, code: "FORBIDDEN", message)
        }
    }

    /// The body does not say what to register.
    func badRequest(_ message: String) -> Answer {
        failure(.badRequest, code: "BAD_REQUEST", message)
    }

    /// The body is longer than the emulator reads.
    var bodyTooLarge: Answer {
        failure(.contentTooLarge, code: "CONTENT_TOO_LARGE", "The body is too large.")
    }

    /// The call exists, with other methods.
    func methodNotAllowed(
        _ method: HTTPRequest.Method, allowed: [HTTPRequest.Method]
    ) -> Answer {
        var answer = failure(
            .methodNotAllowed, code: "METHOD_NOT_ALLOWED",
            "Method \"\(method.rawValue)\" not allowed.")
        answer.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
        return answer
    }

    private func failure(
        _ status: HTTPResponse.Status, code: String, _ message: String
    ) -> Answer {
        switch self {
        case .entity: Answer(status, .object(["detail": .string(message)]))
        case .session:
            Answer(
                status,
                .object([
                    "error": .object(["code": .string(code), "message": .string(message)])
                ]))
        }
    }
}

extension Answer {
    /// There is no such call, or nothing of that id.
    static let notFound = Answer(.notFound, .object(["detail": .string("Not found.")]))
}
