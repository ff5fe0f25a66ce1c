internal import BankhookModel
internal import HTTPTypes

/// What is known of a request before its body is read.
struct Visit {
    let receivedAt: Timestamp
    let isProbe: Bool
    let isRecovered: Bool
    private let oddContentType: String?

    init(_ head: HTTPRequest, at moment: Timestamp) {
        func isMarked(_ name: String) -> Bool {
            HTTPField.Name(name).map { head.headerFields[$0] == "1" } ?? false
        }
        receivedAt = moment
        isProbe = isMarked("X-Bankhook-Probe")
        isRecovered = isMarked("X-Bankhook-Recovered")
        let type = head.headerFields[.contentType] ?? ""
        let essence = type.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
        oddContentType = essence == "application/json" ? nil : type
    }

    func delivery(
        _ content: Delivery.Content, status: Int, forwardProblem: String? = nil,
        receipt: Delivery.ReceiptState = .none
    ) -> Delivery {
        Delivery(
            receivedAt: receivedAt, content: content, oddContentType: oddContentType,
            isProbe: isProbe, isRecovered: isRecovered, forwardProblem: forwardProblem,
            receipt: receipt, status: status)
    }
}
