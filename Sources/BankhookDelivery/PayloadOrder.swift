/// The order in which the payloads of one link were to be delivered.
///
/// The API's order holds, newest first. Where every moment can be read they go by these, so that a
/// list that breaks the promise does no harm; payloads of one second stay in the API's order.
struct PayloadOrder {
    /// Positions in the list.
    let oldestFirst: [Int]

    init(_ list: [ListedPayload]) {
        let reversed = Array(list.indices.reversed())
        let moments = list.compactMap(\.moment)
        oldestFirst =
            moments.count < list.count
            ? reversed
            : reversed.sorted { left, right in
                moments[left] == moments[right]
                    ? left > right : moments[left] < moments[right]
            }
    }
}
