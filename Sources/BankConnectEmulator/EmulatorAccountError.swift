/// Why a text is no `KEY:HASH`, in words that never repeat the text.
package enum EmulatorAccountError: Error, CustomStringConvertible {
    case noColon, emptyKey, emptyHash, unusableCharacter

    /// The mistake and the form that is wanted.
    package var description: String {
        switch self {
        case .noColon: "an account is written KEY:HASH; there is no colon"
        case .emptyKey: "an account is written KEY:HASH; nothing stands before the colon"
        case .emptyHash: "an account is written KEY:HASH; nothing stands after the colon"
        case .unusableCharacter:
            "an account is written KEY:HASH in visible ASCII characters, without blanks"
        }
    }
}
