/// What an endpoint has, as far as its receipts say: counted, for the same five fields may have come
/// more than once.
package struct ReceiptIndex: Sendable {
    private struct Count {
        /// Receipts that do not say which entry of the list they are for.
        var undated = 0
        /// Those of `recover`, by the entry's `date_time`.
        var dated: [String: Int] = [:]

        var total: Int { undated + dated.values.reduce(0, +) }
    }

    private var counts: [WebhookPayload: Count] = [:]

    package init() {}

    /// Counts a receipt.
    package mutating func add(_ receipt: Receipt) {
        if receipt.isRecovered, let dateTime = receipt.dateTime {
            counts[receipt.payload, default: Count()].dated[dateTime, default: 0] += 1
        } else {
            counts[receipt.payload, default: Count()].undated += 1
        }
    }

    /// The positions of what the endpoint does not have of a link's list, and uses up the receipts of
    /// the rest.
    ///
    /// A multiset difference: of payloads that are alike the newest are missing, for those that came
    /// came first. A receipt of `recover` says which one it is for: else a run that was narrowed to
    /// the newest would send it again.
    package mutating func missing(in list: [ListedPayload]) -> Set<Int> {
        var missing = Set<Int>()
        let positions = Dictionary(
            grouping: PayloadOrder(list).oldestFirst, by: { list[$0].payload })
        for (payload, alike) in positions {
            guard var count = counts.removeValue(forKey: payload) else {
                missing.formUnion(alike)
                continue
            }
            let others = alike.filter { position in
                guard let dateTime = list[position].dateTime,
                    let dated = count.dated[dateTime], dated > 0
                else { return true }
                count.dated[dateTime] = dated - 1
                return false
            }
            missing.formUnion(others.dropFirst(count.total))
        }
        return missing
    }
}
