/// Why a text is no URL that bankhook accepts, in words that finish "`webhook_url` …".
///
/// The words never quote user info: it may be a password.
package struct URLProblem: Error, Equatable, Sendable {
    package let message: String
    package let hint: String?
    /// The URL holds user info, so no excerpt may show it.
    package let holdsUserInfo: Bool

    package init(_ message: String, hint: String? = nil, holdsUserInfo: Bool = false) {
        self.message = message
        self.hint = hint
        self.holdsUserInfo = holdsUserInfo
    }
}
