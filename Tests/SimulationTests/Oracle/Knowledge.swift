import BankhookModel

/// What bankhook can know of one environment from the answers that it got: what its record must say.
struct Knowledge {
    /// What the server last promised.
    var confirmed: Confirmed?
    /// The `unknown_since` of the oldest intent whose request may have taken effect and whose outcome
    /// was never learnt.
    var doubtSince: Timestamp?
    /// The serial of the last version of which success was claimed.
    var serial = 0

    // MARK: This apply

    var bytesBefore: [UInt8]?
    var unknownSinceBefore: Timestamp?
    /// The intent that the request under way, or the last one, stands for.
    var intent: Record?
    var attempts = 0
    var firstAttempt = Duration.zero
    var isUnderWay = false
    var mayHaveArrived = false
    var isPromised = false

    /// A new apply finds this in the record's file.
    mutating func begin(bytes: [UInt8]?, unknownSince: Timestamp?) {
        bytesBefore = bytes
        unknownSinceBefore = unknownSince
        intent = nil
        attempts = 0
        isUnderWay = false
        mayHaveArrived = false
        isPromised = false
    }
}
