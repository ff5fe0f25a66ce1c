internal import BankhookModel
package import JSONSyntax

/// One entry of BankConnect's list of what it tried to deliver.
package struct ListedPayload: Sendable {
    package let payload: WebhookPayload
    /// When the call was *supposed to be* made, as the API wrote it; nil where it did not say.
    package let dateTime: String?
    /// Everything that the API sent, fields that no page names included.
    package let source: JSONValue
    /// `dateTime`, where it can be read.
    let moment: PayloadMoment?

    init(_ value: JSONValue) throws(PayloadShapeError) {
        payload = try WebhookPayload(value)
        switch value["date_time"] {
        case .string(let text): dateTime = text
        case .null, nil: dateTime = nil
        default: throw .wrongType("date_time")
        }
        moment = dateTime.flatMap { PayloadMoment(listed: $0) }
        source = value
    }

    /// Whether it names that link, byte by byte as ids are told apart.
    func isOf(_ link: BankConnectID) -> Bool {
        payload.linkID.map { $0.utf8.elementsEqual(link.text.utf8) } ?? false
    }

    /// The payloads of an answer, newest first as the API sends them.
    static func list(in answer: JSONValue) throws(ListShapeError) -> [ListedPayload] {
        guard case .array(let entries)? = answer["payloads"] else {
            throw ListShapeError("it has no list 'payloads'")
        }
        var list = [ListedPayload]()
        list.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() {
            do throws(PayloadShapeError) {
                list.append(try ListedPayload(entry))
            } catch {
                throw ListShapeError("payloads[\(index)] \(error)")
            }
        }
        return list
    }
}
