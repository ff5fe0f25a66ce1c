internal import BankhookModel
internal import JSONSyntax

/// The text of the lock file: who holds the lock.
enum LockHolderCodec {
    static func encode(_ holder: LockHolder) -> [UInt8] {
        var members: [JSONValue.Member] = [
            .init(key: "host", value: .string(holder.host)),
            .init(key: "id", value: .string(holder.id)),
            .init(key: "pid", value: .integer(holder.process)),
            .init(key: "started_at", value: .string(holder.startedAt.description)),
        ]
        if let run = holder.run { members.append(.init(key: "run", value: .string(run))) }
        return Array(CanonicalJSON.text(.object(members)).utf8)
    }

    /// Nil when the text is cut or foreign: the lock is what counts, not its text.
    static func decode(_ bytes: [UInt8]) -> LockHolder? {
        guard let value = try? JSONParser.parse(bytes), case .string(let id)? = value["id"],
            case .string(let host)? = value["host"], case .integer(let process)? = value["pid"],
            case .string(let startedAt)? = value["started_at"],
            let startedAt = Timestamp(startedAt),
            (id + host).utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { return nil }
        return LockHolder(id: id, host: host, process: process, run: nil, startedAt: startedAt)
    }
}
