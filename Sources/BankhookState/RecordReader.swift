package import BankhookModel
internal import SystemCalls

/// Reads the records that stand in a state directory.
package struct RecordReader: Sendable {
    /// The directory's path, for messages.
    private let path: String
    private let files: any StateFiles

    /// No record comes near this size; a larger file is none.
    private static let maximumFileSize = 1 << 20

    package init(path: String, files: any StateFiles) {
        self.path = path
        self.files = files
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
        let entries: [String]
        do {
            entries = try self.entries()
        } catch {
            throw StateErrors([error])
        }
        var names = [EnvironmentName]()
        var errors = [StateError]()
        var byLowerCase = [String: String]()
        for entry in entries.sorted() where entry.hasSuffix(".json") && !entry.hasPrefix(".") {
            if let other = byLowerCase.updateValue(entry, forKey: entry.lowercased()) {
                errors.append(.namesDifferByCase(paths: [file(other), file(entry)]))
            } else if let name = EnvironmentName(String(entry.dropLast(5))) {
                names.append(name)
            } else {
                errors.append(.nameIsNoEnvironment(path: file(entry)))
            }
        }
        guard errors.isEmpty else { throw StateErrors(errors) }
        return names.sorted()
    }

    /// All records, sorted by name. Every file that is wrong is reported, not only the first.
    package func records() throws(StateErrors) -> [DecodedRecord] {
        var records = [DecodedRecord]()
        var errors = [StateError]()
        var byLineage = [Lineage: Int]()
        let found = concurrentMap(try names()) { name in
            Result { () throws(StateError) in try read(name)?.decoded }
        }
        for case .success(let record?) in found {
            if let other = byLineage.updateValue(records.count, forKey: record.record.lineage) {
                let pair = [records[other].record, record.record]
                errors.append(
                    .sharedLineage(
                        paths: pair.map { file(of: $0.environment) },
                        unfinished: RecordMove.unfinished(between: pair[0], and: pair[1])))
            }
            records.append(record)
        }
        for case .failure(let error) in found { errors.append(error) }
        guard errors.isEmpty else { throw StateErrors(errors) }
        return records
    }

    /// A record's file as it stands: its bytes, and what they mean.
    package func read(_ name: EnvironmentName)
        throws(StateError) -> (bytes: [UInt8], decoded: DecodedRecord)?
    {
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
        case .file(let bytes):
            do throws(RecordDamage) {
                return (bytes, try RecordCodec.decode(bytes, as: name))
            } catch {
                throw .damaged(path: path, error)
            }
        }
    }

    private func file(of name: EnvironmentName) -> String { file("\(name).json") }

    private func file(_ name: String) -> String { RecordReader.file(name, in: path) }

    /// The path of a file in a directory, as messages name it.
    static func file(_ name: String, in path: String) -> String {
        path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    }
}
