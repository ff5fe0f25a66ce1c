package import BankhookModel

/// Lists the payloads of many links, some at a time.
package struct PayloadsRun: Sendable {
    private let links: LinkReader
    private let filter: PayloadFilter

    /// How many questions are under way at a time.
    package static let parallelism = 10

    package init(_ links: LinkReader, filter: PayloadFilter) {
        self.links = links
        self.filter = filter
    }

    /// What is known of one link.
    package struct Listing: Sendable {
        package let link: BankConnectID
        /// Those that are meant, newest first as the API sent them.
        package let payloads: Result<[ListedPayload], LinkFailure>
    }

    /// Shows a body every link's payloads, in the order of the links.
    package func run(
        _ ids: [BankConnectID], _ body: (Listing) -> Void
    ) async {
        var waiting = ids.enumerated().makeIterator()
        var early = [Int: Listing]()
        var next = 0
        await withTaskGroup(of: (Int, Listing).self) { group in
            func startNext() {
                guard let (number, link) = waiting.next() else { return }
                group.addTask { (number, await listing(link)) }
            }
            for _ in 0..<PayloadsRun.parallelism { startNext() }
            for await (number, listing) in group {
                startNext()
                early[number] = listing
                while let listing = early.removeValue(forKey: next) {
                    body(listing)
                    next += 1
                }
            }
        }
    }

    private func listing(_ link: BankConnectID) async -> Listing {
        do throws(LinkFailure) {
            let list = try await links.list(link)
            do throws(ListShapeError) {
                let positions = try filter.positions(in: list)
                return Listing(
                    link: link,
                    payloads: .success(
                        list.indices.filter(positions.contains).map { list[$0] }))
            } catch {
                throw .read(ReadFailure(cause: .wrongShape(error.message), attempts: 1))
            }
        } catch {
            return Listing(link: link, payloads: .failure(error))
        }
    }
}
