internal import BankhookModel
internal import YAMLSyntax

/// The fields that are a word, a number or a length of time.
extension EnvironmentDecoder {
    static var defaultTimeout: TimeSpan { TimeSpan(seconds: 30) }

    mutating func mode(flow: Flow?) -> WebhookMode? {
        guard let sourced = sourced(.webhookMode) else {
            if !isExcused(.webhookMode) {
                reportMissing("webhook_mode", hint: wayToTheMode(flow))
            }
            return nil
        }
        guard
            !sourced.findings.reportNull(
                sourced.node, of: "webhook_mode", hint: wayToTheMode(flow))
        else { return nil }
        guard case .scalar(let scalar) = sourced.node.content else {
            sourced.findings.reportWrongType(
                sourced.node, of: "'webhook_mode'", wanted: "a word or a number")
            return nil
        }
        let known: [WebhookMode] = [.netBanking, .netBankingAndManual, .all]
        let mode = known.first {
            scalar.text == $0.word || scalar.isPlain && scalar.text == "\($0.rawValue)"
        }
        // Where the flow is unknown, every flow's modes will do.
        guard let mode, WebhookMode.modes(of: flow ?? .session).contains(mode) else {
            let needsSession = mode == .all ? " (all is for flow: session)" : ""
            let isQuoted = !scalar.isPlain && known.contains { scalar.text == "\($0.rawValue)" }
            sourced.findings.report(
                "unknown_webhook_mode", at: sourced.node.range,
                "unknown webhook_mode \(quoted(scalar.text))\(needsSession)",
                hint: isQuoted
                    ? "write the number without quotes" : modeHint(flow ?? .entity))
            return nil
        }
        return mode
    }

    private func wayToTheMode(_ flow: Flow?) -> String {
        "it is never assumed: \(modeHint(flow ?? .entity))"
    }

    private func modeHint(_ flow: Flow) -> String {
        let modes = WebhookMode.modes(of: flow).map(\.description)
        return "use \(modes.dropLast().joined(separator: ", ")) or \(modes.last ?? "")"
    }

    mutating func flow(_ sourced: Sourced) -> Flow? {
        guard case .scalar(let scalar) = sourced.node.content else {
            sourced.findings.reportWrongType(sourced.node, of: "'flow'", wanted: "a word")
            return nil
        }
        guard let flow = Flow(rawValue: scalar.text) else {
            sourced.findings.report(
                "unknown_flow", at: sourced.node.range, "unknown flow \(quoted(scalar.text))",
                hint: "use entity or session")
            return nil
        }
        return flow
    }

    mutating func flag(_ sourced: Sourced, of field: EnvironmentField) -> Bool? {
        guard case .scalar(let scalar) = sourced.node.content,
            case .bool(let flag) = scalar.resolved
        else {
            sourced.findings.reportWrongType(
                sourced.node, of: "'\(field.rawValue)'", wanted: "true or false")
            return nil
        }
        return flag
    }

    mutating func timeout(_ sourced: Sourced) -> TimeSpan? {
        guard let span = span(sourced, of: "timeout", examples: "30s or 2m") else { return nil }
        guard (1...600).contains(span.seconds) else {
            sourced.findings.report(
                "out_of_range", at: sourced.node.range, "timeout \(span) is out of range",
                hint: "use 1s to 10m")
            return nil
        }
        return span
    }

    mutating func reassertAfter() -> Switchable<TimeSpan>? {
        value(.reassertAfter, orElse: Switchable(value: nil)) { decoder, sourced in
            if case .scalar(let scalar) = sourced.node.content, scalar.text == "never" {
                return Switchable(value: nil)
            }
            return decoder.span(
                sourced, of: "reassert_after", examples: "24h or 7d, or never"
            ).map { Switchable(value: $0) }
        }
    }

    private mutating func span(_ sourced: Sourced, of path: String, examples: String)
        -> TimeSpan?
    {
        guard case .scalar(let scalar) = sourced.node.content else {
            sourced.findings.reportWrongType(
                sourced.node, of: "'\(path)'", wanted: "a length of time such as \(examples)")
            return nil
        }
        guard let span = TimeSpan(scalar.text) else {
            sourced.findings.report(
                "invalid_duration", at: sourced.node.range,
                "\(path) \(quoted(scalar.text)) is no length of time",
                hint: "write a whole number and s, m, h or d, such as \(examples)")
            return nil
        }
        return span
    }

    mutating func certificateAuthorityFile() -> Switchable<ReferencedPath>? {
        value(.certificateAuthorityFile, orElse: Switchable(value: nil)) { decoder, sourced in
            guard let written = decoder.plainText(sourced, of: "ca_file") else { return nil }
            if written == "none" { return Switchable(value: nil) }
            guard !written.isEmpty else {
                sourced.findings.report(
                    "wrong_type", about: "ca_file", at: sourced.node.range, "'ca_file' is empty",
                    hint: "name a PEM file, or write none")
                return nil
            }
            return Switchable(value: sourced.findings.file.path(relative: written))
        }
    }
}
