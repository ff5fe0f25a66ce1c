import CLibYAML
import SourceText

/// Reads a text through libyaml, an event at a time.
///
/// The only place where C is called and memory is handled by hand:
/// - the parser lives on the heap, because libyaml stores pointers to it, and is freed exactly once;
/// - a reader exists only inside `reading`, and so no longer than the bytes that libyaml points to;
/// - every event is copied and deleted at once, so that no C type leaves this file.
@safe struct EventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: [UInt8]
    /// libyaml sees the end of a text without a final line break in a line of its own.
    private let end: Position

    /// Calls `body` with a reader at the start of a text; no position will lie behind `end`.
    ///
    /// Throws what `body` throws, and a `SyntaxError` when there is no memory for a parser.
    static func reading<Result>(
        _ bytes: [UInt8], endingAt end: Position,
        _ body: (inout EventReader) throws(SyntaxError) -> Result
    ) throws(SyntaxError) -> Result {
        try unsafe bytes.withUnsafeBufferPointer { (text) throws(SyntaxError) -> Result in
            var reader = try unsafe EventReader(bytes, at: text, end: end)
            return try body(&reader)
        }
    }

    private init(
        _ bytes: [UInt8], at text: UnsafeBufferPointer<UInt8>, end: Position
    ) throws(SyntaxError) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            unsafe parser.deallocate()
            throw EventReader.outOfMemory
        }
        unsafe self.parser = parser
        self.bytes = bytes
        self.end = end
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        // Told the encoding, libyaml would count a byte order mark as a column.
        let mark = ByteOrderMark.length(in: bytes)
        // An empty array may have no address, and libyaml asserts that there is one.
        if let start = text.baseAddress {
            unsafe yaml_parser_set_input_string(parser, start + mark, text.count - mark)
        } else {
            unsafe yaml_parser_set_input_string(parser, "", 0)
        }
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    /// The next event; not to be called again after an error or the end of the stream.
    mutating func next() throws(SyntaxError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw error() }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe copy(event)
    }

    private func copy(_ event: yaml_event_t) -> YAMLEvent {
        let range = unsafe SourceRange(
            start: position(event.start_mark), end: position(event.end_mark))
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: return YAMLEvent(content: .streamStart, range: range)
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(content: .documentStart, range: range)
        case YAML_DOCUMENT_END_EVENT: return YAMLEvent(content: .documentEnd, range: range)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            return YAMLEvent(content: .collectionEnd, range: range)
        case YAML_ALIAS_EVENT:
            let anchor = unsafe name(event.data.alias.anchor) ?? ""
            return YAMLEvent(content: .alias(anchor), range: range)
        case YAML_SCALAR_EVENT: return unsafe copy(event.data.scalar, range)
        case YAML_SEQUENCE_START_EVENT:
            let data = unsafe event.data.sequence_start
            return unsafe YAMLEvent(
                content: .sequenceStart, range: range, anchor: name(data.anchor),
                hasTag: data.tag != nil, isFlow: data.style == YAML_FLOW_SEQUENCE_STYLE)
        case YAML_MAPPING_START_EVENT:
            let data = unsafe event.data.mapping_start
            return unsafe YAMLEvent(
                content: .mappingStart, range: range, anchor: name(data.anchor),
                hasTag: data.tag != nil, isFlow: data.style == YAML_FLOW_MAPPING_STYLE)
        default: return YAMLEvent(content: .streamEnd, range: range)
        }
    }

    private func copy(
        _ data: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, _ range: SourceRange
    ) -> YAMLEvent {
        let bytes = unsafe UnsafeBufferPointer(start: data.value, count: data.length)
        let style: YAMLEvent.ScalarStyle =
            switch unsafe data.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
            case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
            default: .plain
            }
        return unsafe YAMLEvent(
            content: .scalar(String(decoding: bytes, as: UTF8.self), style), range: range,
            anchor: name(data.anchor), hasTag: data.tag != nil)
    }

    /// The name of an anchor: ASCII letters, digits, `_` and `-`, so it ends at its first zero.
    private func name(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        unsafe anchor.map { unsafe String(cString: $0) }
    }

    private func position(_ mark: yaml_mark_t) -> Position {
        min(Position(line: mark.line + 1, column: mark.column + 1), end)
    }

    private func error() -> SyntaxError {
        let parser = unsafe parser.pointee
        guard unsafe parser.error != YAML_MEMORY_ERROR, let problem = unsafe parser.problem else {
            return EventReader.outOfMemory
        }
        // The texts are libyaml's own and never quote the file.
        let text = unsafe String(cString: problem)
        if unsafe parser.error == YAML_READER_ERROR {
            // The reader counts bytes only; its mark stays where the scanner was.
            let offset = unsafe parser.problem_offset + ByteOrderMark.length(in: bytes)
            let place = Position(ofByte: offset, in: bytes)
            return SyntaxError(code: .encoding, range: SourceRange(at: place), message: text)
        }
        let place = unsafe position(parser.problem_mark)
        if text == "found undefined tag handle" {
            return SyntaxError(
                code: .tag, range: SourceRange(at: place), message: YAMLMistake.tagRefusal)
        }
        var message = "not valid YAML: \(text)"
        var begin: Position?
        if let context = unsafe parser.context {
            let start = unsafe position(parser.context_mark)
            begin = start
            message += unsafe " \(String(cString: context))"
            if start.line != place.line { message += " that starts in line \(start.line)" }
        }
        return SyntaxError(
            code: .syntax, range: SourceRange(at: place), message: message, context: begin)
    }

    private static var outOfMemory: SyntaxError {
        SyntaxError(
            code: .tooLarge, range: SourceRange(at: .start),
            message: "not enough memory to read this text", hasKnownSurroundings: false)
    }
}
