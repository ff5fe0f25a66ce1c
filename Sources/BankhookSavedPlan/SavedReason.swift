internal import BankhookPlan

/// Why a change is what it is, without the words, which another release may choose differently.
///
/// The values that the words would name stand in the registrations, records and files.
package struct SavedReason: Equatable, Sendable {
    package let code: String
    package let field: String?

    package init(code: String, field: String?) {
        self.code = code
        self.field = field
    }

    init(_ reason: Reason) {
        self.init(code: reason.code, field: reason.field)
    }
}
