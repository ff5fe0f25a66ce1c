internal import BankConnectAPI
internal import BankhookModel

/// Can the hosts of the API be called from here?
struct APICheck {
    /// What is called, with which extra roots.
    struct Origin: Hashable, Sendable {
        let baseURL: BaseURL
        let authorities: String?
    }

    let now: Timestamp
    let proxies: Proxies
    let timeout: TimeSpan

    /// Each origin once, in the order of their names.
    static func origins(of environments: [Environment]) -> [Origin] {
        Set(
            environments.map {
                Origin(
                    baseURL: $0.registration.baseURL,
                    authorities: $0.certificateAuthorityFile?.path)
            }
        ).sorted {
            ($0.baseURL.canonical, $0.authorities ?? "")
                < ($1.baseURL.canonical, $1.authorities ?? "")
        }
    }

    /// What a trial of one came to. `lookup` is what the resolver says of its name, asked meanwhile: a
    /// client that waits for a silent resolver only knows that it got no connection in time.
    func finding(
        _ origin: Origin, _ outcome: ConnectionTrial.Outcome,
        lookup: Result<[URLHost], HostLookup.Failure>? = nil
    ) -> DoctorFinding {
        let name = origin.baseURL.canonical
        switch outcome {
        case .connected(nil):
            return .ok(.api, "accepts connections; no request was sent", about: name)
        case .connected(let end?): return certificate(end, about: name)
        case .handshakeTimedOut:
            return .error(
                .api, "timed_out",
                "it accepted the connection, and did not finish the TLS handshake within \(timeout)",
                next:
                    "is that port meant for TLS, and does nothing on the way hold it back? Look with "
                    + "openssl s_client -connect",
                about: name)
        case .failed(let answer):
            let (code, message, next) = words(answer, APICheck.failure(lookup))
            return .error(.api, code, message, next: next, about: name)
        }
    }

    private static func failure(_ lookup: Result<[URLHost], HostLookup.Failure>?)
        -> HostLookup.Failure?
    {
        guard case .failure(let failure)? = lookup else { return nil }
        return failure
    }

    private func certificate(_ end: Timestamp, about name: String) -> DoctorFinding {
        // Whole days that are left: not one more than there are.
        let days = Int((Double(end.seconds(since: now)) / 86_400).rounded(.down))
        let left = "its certificate ends in \(DoctorText.count(days, "day"))"
        guard days < ProbeReport.daysToRenew else {
            return .ok(.api, "TLS works, \(left); no request was sent", about: name)
        }
        return .warning(
            .api, "certificate_ends", "TLS works, and \(left)",
            next: "whoever runs that host renews it; if it is FinBox's, tell them", about: name)
    }

    private func words(_ answer: Answer, _ lookup: HostLookup.Failure?)
        -> (code: String, message: String, next: String)
    {
        switch answer {
        case .nameNotFound: return nameWords(lookup)
        case .connectTimedOut where lookup != nil, .timedOut where lookup != nil:
            return nameWords(lookup)
        case .connectionRefused:
            return (
                "connection_refused", "it refused the connection",
                "check base_url and its port; for the emulator: is it running?"
            )
        case .connectTimedOut:
            return (
                "connect_timed_out", "it accepted no connection within \(timeout)",
                "does a firewall let this machine out, or is a proxy needed (HTTPS_PROXY)?"
            )
        case .tlsFailed(let reason):
            return (
                "tls_failed", "no TLS: \(reason)",
                "if its certificate is of an authority of your own, name that one's PEM file in "
                    + "ca_file; else look at it with openssl s_client -connect"
            )
        case .proxyFailed(let failure, let variable):
            return (
                "proxy_failed", "the proxy in \(variable) \(APICheck.words(failure))",
                "check \(variable), or add the host to no_proxy"
            )
        case .timedOut:
            return (
                "timed_out", "there was no connection with TLS within \(timeout)",
                "does something on the way hold connections back? Run it again"
            )
        case .reset, .response, .interrupted:
            return (
                "connection_reset", "it ended the connection before it could be used",
                "does a firewall or a proxy on the way cut it? Run it again"
            )
        }
    }

    private func nameWords(_ lookup: HostLookup.Failure?)
        -> (code: String, message: String, next: String)
    {
        switch lookup {
        case .notFound, nil:
            (
                "name_not_found", "this machine's resolver knows no such name",
                "check base_url; behind a proxy, set HTTPS_PROXY"
            )
        case .noAnswer(let words):
            (
                "name_not_found", "this machine's resolver gave no answer: \(words)",
                EndpointNameCheck.resolverAdvice
            )
        case .timedOut:
            (
                "name_not_found", "this machine's resolver took too long",
                EndpointNameCheck.resolverAdvice
            )
        }
    }

    private static func words(_ failure: ProxyFailure) -> String {
        switch failure {
        case .unreachable: "refused the connection"
        case .timedOut: "made no connection in time"
        case .closed: "ended the connection"
        case .nameNotFound: "has a name that nobody has"
        case .unauthorized: "wants a user and a password (407)"
        case .refused: "refused to connect to it"
        }
    }
}
