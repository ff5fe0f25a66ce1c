/// Which payloads of a link are meant.
package struct PayloadFilter: Sendable {
    package let progress: String?
    /// Only the newest of each statement.
    package let isLatestOnly: Bool
    package let since: PayloadMoment?
    package let until: PayloadMoment?

    package init(
        progress: String? = nil, isLatestOnly: Bool = false, since: PayloadMoment? = nil,
        until: PayloadMoment? = nil
    ) {
        self.progress = progress
        self.isLatestOnly = isLatestOnly
        self.since = since
        self.until = until
    }

    /// The positions of what is meant. The newest of each statement comes before the other filters:
    /// a statement that failed and then completed has not failed.
    ///
    /// Payloads with a blank or null `statement_id` name no statement: each counts. Throws where a
    /// moment decides and cannot be read: leaving that payload out would be a guess.
    func positions(in list: [ListedPayload]) throws(ListShapeError) -> Set<Int> {
        var positions = Set(isLatestOnly ? newest(in: list) : Array(list.indices))
        if let progress { positions = positions.filter { list[$0].payload.progress == progress } }
        guard since != nil || until != nil else { return positions }
        for position in positions.sorted() {
            guard let moment = list[position].moment else {
                throw ListShapeError(
                    "payloads[\(position)] has a date_time that is no YYYY-MM-DD HH:MM:SS, so "
                        + "--since and --until cannot be judged")
            }
            if let since, moment < since { positions.remove(position) }
            if let until, moment > until { positions.remove(position) }
        }
        return positions
    }

    private func newest(in list: [ListedPayload]) -> [Int] {
        var seen = Set<[UInt8]>()
        return PayloadOrder(list).oldestFirst.reversed().filter { position in
            guard let id = list[position].payload.statementID, !id.isEmpty else { return true }
            return seen.insert(Array(id.utf8)).inserted
        }
    }
}
