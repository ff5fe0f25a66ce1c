/// A line of a text in which a hint is sought, by its scalars: columns count them.
struct HintLine {
    let number: Int
    let scalars: [Unicode.Scalar]

    init(_ text: String, number: Int) {
        self.number = number
        scalars = Array(text.unicodeScalars)
    }

    /// The scalar at a column, or nil outside of the line.
    subscript(column: Int) -> Unicode.Scalar? {
        scalars.indices.contains(column - 1) ? scalars[column - 1] : nil
    }

    /// Whether it says nothing: blank, or a comment.
    var isIdle: Bool {
        let first = scalars.first { $0 != " " && $0 != "\t" }
        return first == nil || first == "#"
    }

    /// The column at which its content begins, behind indentation and the dashes of lists.
    var contentColumn: Int {
        var column = 1
        while let scalar = self[column] {
            let isDash = scalar == "-" && self[column + 1].map { $0 == " " || $0 == "\t" } ?? true
            guard scalar == " " || scalar == "\t" || isDash else { break }
            column += 1
        }
        return column
    }

    /// The character of which seven stand at its start, alone or with a label behind them.
    var conflictMark: Unicode.Scalar? {
        guard let first = scalars.first, "<=>|".unicodeScalars.contains(first),
            scalars.prefix(7).count(where: { $0 == first }) == 7,
            scalars.count == 7 || scalars[7] == " "
        else { return nil }
        return first
    }

    /// The column behind the colon of a key that has its value there without a blank.
    ///
    /// Nil for `https://…`, and where a colon further on makes the line a mapping's.
    var columnBehindTightColon: Int? {
        guard let column = columnOfKeyColon, let next = self[column + 1] else { return nil }
        guard next != " ", next != "\t", next != "/", next != ":" else { return nil }
        let value = scalars[column...]
        let pairs = zip(value, value.dropFirst())
        for (left, right) in pairs where right == " " || right == "\t" || right == "#" {
            if left == ":" { return nil }
            if right == "#", left == " " { break }
        }
        return value.last == ":" ? nil : column + 1
    }

    /// The column of a brace right behind the colon of the line's first key.
    var columnOfTightBrace: Int? {
        columnOfKeyColon.flatMap { self[$0 + 1] == "{" ? $0 + 1 : nil }
    }

    /// The column of the colon behind the word with which the line begins.
    private var columnOfKeyColon: Int? {
        var column = contentColumn
        guard let first = self[column], first.isHintLetter else { return nil }
        while let scalar = self[column], scalar.isHintWord || scalar == "-" || scalar == "." {
            column += 1
        }
        return self[column] == ":" ? column : nil
    }

    /// The column of the brace that ends a `{name}`, if one begins at a column.
    func endOfPlaceholder(at column: Int) -> Int? {
        guard self[column] == "{" else { return nil }
        var end = column + 1
        while let scalar = self[end], scalar.isHintWord { end += 1 }
        return self[end] == "}" && end > column + 1 ? end : nil
    }

    /// Where the word that reaches up to a column begins, behind a blank or an opening bracket.
    func startOfWord(upTo column: Int) -> Int {
        var start = column
        while let scalar = self[start - 1], !" \t[{,".unicodeScalars.contains(scalar) {
            start -= 1
        }
        return start
    }
}

extension Unicode.Scalar {
    /// An ASCII letter or `_`.
    fileprivate var isHintLetter: Bool {
        isASCII && properties.isAlphabetic || self == "_"
    }

    /// An ASCII letter, digit or `_`.
    fileprivate var isHintWord: Bool { isHintLetter || ("0"..."9").contains(self) }
}
