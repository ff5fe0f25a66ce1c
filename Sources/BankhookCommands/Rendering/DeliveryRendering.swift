internal import BankhookDelivery
internal import BankhookModel
internal import SourceText

/// One payload that `listen` received, as a person reads it: a line of ids, and a line for each thing
/// that is to be known. All of it came from elsewhere.
struct DeliveryRendering {
    private let delivery: Delivery

    /// The longest id and reason that are shown, in characters.
    private static let longestID = 80
    private static let longestReason = 512
    /// A body can hold any number of mistakes, but not of fields.
    private static let longestProblem = 200

    init(_ delivery: Delivery) {
        self.delivery = delivery
    }

    func text(_ palette: Palette) -> String {
        let status = palette.paint("\(delivery.status)", tone)
        let first = "\(delivery.receivedAt) \(status) \(subject)\n"
        return first + remarks(palette).map { "    \($0)\n" }.joined()
    }

    /// Only what is as documented, and was accepted, looks good.
    private var tone: Palette.Tone? {
        guard delivery.status == 200 else { return .warning }
        guard case .payload(let check) = delivery.content else { return nil }
        return check.problems.isEmpty && delivery.oddContentType == nil ? .good : nil
    }

    private var subject: String {
        switch delivery.content {
        case .payload(let check):
            let marks =
                (delivery.isProbe ? " (probe)" : "")
                + (delivery.isRecovered ? " (recovered)" : "")
            return line(check) + marks
        case .tooLarge: return "a body of more than 1 MiB, which was not read"
        case .otherMethod(let method):
            return "\(PrintableText(method, limit: 16)), which is no POST"
        }
    }

    /// What it is about, as `progress entity_id=… statement_id=… link_id=…`.
    private func line(_ check: PayloadCheck) -> String {
        let words = check.fields.compactMap { field -> String? in
            switch field.name {
            case "reason", "message": nil
            case "progress", "event_name": shown(field)
            default: "\(field.name)=\(shown(field))"
            }
        }
        guard !words.isEmpty else { return "no documented payload" }
        return words.joined(separator: " ")
    }

    private func shown(_ field: PayloadCheck.Field) -> String {
        guard let text = field.text else { return "null" }
        let safe = PrintableText(text, limit: DeliveryRendering.longestID).description
        // Quoted where it could be read as more than one word.
        let isWord = !safe.isEmpty && safe.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isWord && !safe.contains("=") ? safe : "'\(safe)'"
    }

    private func remarks(_ palette: Palette) -> [String] {
        var remarks = [String]()
        let wrong = palette.paint("wrong:", .error)
        if case .payload(let check) = delivery.content {
            for field in check.fields where field.name == "reason" || field.name == "message" {
                guard let text = field.text, !text.isEmpty else { continue }
                let shown = PrintableText(text, limit: DeliveryRendering.longestReason)
                remarks.append("\(field.name): \(shown)")
            }
            if let type = delivery.oddContentType {
                remarks.append(
                    type.isEmpty
                        ? "\(wrong) content-type is missing"
                        : "\(wrong) content-type is '\(PrintableText(type, limit: 64))', not "
                            + "application/json")
            }
            remarks += check.problems.map {
                "\(wrong) \(PrintableText($0, limit: DeliveryRendering.longestProblem))"
            }
        }
        if let problem = delivery.forwardProblem {
            remarks.append("\(palette.paint("not forwarded:", .error)) \(PrintableText(problem))")
        }
        switch delivery.receipt {
        case .written, .none: break
        case .impossible(let reason): remarks.append("no receipt: \(reason)")
        case .failed(let problem):
            remarks.append("\(palette.paint("no receipt:", .error)) \(PrintableText(problem))")
        }
        return remarks
    }
}
