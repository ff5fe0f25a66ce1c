internal import BankhookModel
internal import BankhookState
internal import JSONSyntax

/// Records as data: as their files hold them, with `format_version` added.
enum RecordJSON {
    static func show(_ record: Record) -> String {
        let version = JSONValue.Member(key: "format_version", value: .integer(1))
        return JSONOutput.text(.object(RecordCodec.members(of: record) + [version]))
    }

    static func list(_ records: [Record]) -> String {
        JSONOutput.text([
            "format_version": .integer(1),
            "records": .array(records.map { .object(RecordCodec.members(of: $0)) }),
        ])
    }
}
