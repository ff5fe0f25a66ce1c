package import BankhookModel
internal import SystemCalls

/// Reads the records that stand in a folder.
package struct RecordReader: Sendable {
    /// The folder's path, for messages.
    private let path: String
    private let files: any RecordFiles
    /// Where the folder is, unless in a directory.
    private let branch: StateBranch?

    /// No record comes near this size; a larger file is none.
    private static let maximumFileSize = 1 << 20

    package init(path: String, files: any RecordFiles, branch: StateBranch? = nil) {
        self.path = path
        self.files = files
        self.branch = branch
    }

    /// Everything that the directory holds, records or not, in no order.
    func entries() throws(StateError) -> [String] {
        do throws(SystemCallError) {
            return try files.names()
        } catch {
            throw .systemCall(path: path, error)
        }
    }

    /// The names of all recorded environments, sorted.
    package func names() throws(StateErrors) -> [EnvironmentName] {
        let listing: (names: [EnvironmentName], faults: [RecordInspection.Fault])
        do {
            listing = try self.listing()
        } catch {
            throw StateErrors([error])
        }
        guard listing.faults.isEmpty else { throw StateErrors(listing.faults.map(\.error)) }
        return listing.names
    }

    private func listing() throws(StateError)
        -> (names: [EnvironmentName], faults: [RecordInspection.Fault])
    {
        var names = [EnvironmentName]()
        var faults = [RecordInspection.Fault]()
        var byLowerCase = [String: String]()
        for entry in try entries().sorted() where entry.hasSuffix(".json") && !entry.hasPrefix(".")
        {
            if let other = byLowerCase.updateValue(entry, forKey: entry.lowercased()) {
                faults.append(.init(.namesDifferByCase(paths: [file(other), file(entry)])))
            } else if let name = EnvironmentName(String(entry.dropLast(5))) {
                names.append(name)
            } else {
                faults.append(.init(.nameIsNoEnvironment(path: file(entry))))
            }
        }
        return (names.sorted(), faults)
    }

    /// All records, sorted by name. Every file that is wrong is reported, not only the first.
    package func records() throws(StateErrors) -> [DecodedRecord] {
        let inspection: RecordInspection
        do {
            inspection = try self.inspection()
        } catch {
            throw StateErrors([error])
        }
        guard inspection.faults.isEmpty else {
            throw StateErrors(inspection.faults.map(\.error))
        }
        return inspection.records
    }

    /// What stands in the directory: every record, and every file that is none.
    package func inspection() throws(StateError) -> RecordInspection {
        let listing = try listing()
        let found = concurrentMap(listing.names, inspect)
        let records = found.compactMap { try? $0.get() }
        return RecordInspection(
            records: records,
            faults: listing.faults + sharedLineages(among: records)
                + found.compactMap { if case .failure(let fault) = $0 { fault } else { nil } })
    }

    private func inspect(_ name: EnvironmentName)
        -> Result<DecodedRecord?, RecordInspection.Fault>
    {
        var bytes: [UInt8]?
        do throws(StateError) {
            bytes = try content(of: name)
            return .success(
                try bytes.map { (bytes) throws(StateError) in
                    try decode(bytes, as: name)
                })
        } catch {
            return .failure(.init(error, in: name, bytes: bytes))
        }
    }

    private func sharedLineages(among records: [DecodedRecord]) -> [RecordInspection.Fault] {
        var faults = [RecordInspection.Fault]()
        var byLineage = [Lineage: Record]()
        for record in records.map(\.record) {
            guard let other = byLineage.updateValue(record, forKey: record.lineage) else {
                continue
            }
            let error = StateError.sharedLineage(
                paths: [file(of: other.environment), file(of: record.environment)],
                unfinished: RecordMove.unfinished(between: other, and: record))
            faults.append(.init(error, in: record.environment))
        }
        return faults
    }

    /// A record's file as it stands: its bytes, and what they mean.
    package func read(_ name: EnvironmentName)
        throws(StateError) -> (bytes: [UInt8], decoded: DecodedRecord)?
    {
        guard let bytes = try content(of: name) else { return nil }
        return (bytes, try decode(bytes, as: name))
    }

    private func content(of name: EnvironmentName) throws(StateError) -> [UInt8]? {
        let path = file(of: name)
        let entry: FileContent
        do throws(SystemCallError) {
            entry = try files.read("\(name).json", limit: RecordReader.maximumFileSize)
        } catch {
            throw .systemCall(path: path, error)
        }
        switch entry {
        case .absent: return nil
        case .tooLarge: throw .tooLarge(path: path)
        case .other(let kind): throw .notPlainFile(path: path, kind: kind)
        case .file(let bytes): return bytes
        }
    }

    private func decode(_ bytes: [UInt8], as name: EnvironmentName)
        throws(StateError) -> DecodedRecord
    {
        do throws(RecordDamage) {
            return try RecordCodec.decode(bytes, as: name)
        } catch {
            throw .damaged(path: file(of: name), error, on: branch)
        }
    }

    private func file(of name: EnvironmentName) -> String { file("\(name).json") }

    private func file(_ name: String) -> String { RecordReader.file(name, in: path) }

    /// The path of a file in a directory, as messages name it.
    static func file(_ name: String, in path: String) -> String {
        path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    }
}
