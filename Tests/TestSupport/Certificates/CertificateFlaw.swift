/// What is wrong with a server's certificate: each is a reason to refuse the connection.
package enum CertificateFlaw: Sendable, CaseIterable {
    /// Valid, but for another host.
    case otherHost
    /// Ended yesterday.
    case expired
    /// Starts tomorrow.
    case notYetValid
    /// Signed by its own key: no authority vouches for it.
    case selfSigned
    /// Issued by another authority, which nobody trusts.
    case unknownIssuer
}
