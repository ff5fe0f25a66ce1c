internal import SourceText

/// The lines of a text without a tree on which a secret may stand: those that name a secret's key or
/// hold an `@`, and those below such a key with nothing less indented in between.
///
/// One pass over the text for all the lines that somebody asks about: walking up from each of a
/// thousand mistakes took half a minute for 64 KiB of short lines.
struct SecretLines {
    /// A line that may be above others: how far it is indented, and whether it or one above it names
    /// a secret's key.
    private struct Parent {
        let indentation: Int
        let isSecret: Bool
    }

    private let hidden: Set<Int>

    /// Looks at the lines of a file whose numbers are given.
    init(among numbers: some Sequence<Int>, of file: SourceFile) {
        let asked = Set(numbers)
        var found = Set<Int>()
        // Each one is indented further than the one before it.
        var parents = [Parent]()
        var number = 0
        let last = asked.max() ?? 0
        var rest = file.bytes[...]
        while number < last {
            number += 1
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest[line.endIndex...].dropFirst()
            let isMention = SecretLines.mentionsSecretKey(line)
            let indentation = SecretLines.indentation(of: line)
            if let indentation {
                while let parent = parents.last, parent.indentation > indentation {
                    parents.removeLast()
                }
            }
            let isBelow = parents.last?.isSecret ?? false
            if asked.contains(number), isMention || isBelow || line.contains(UInt8(ascii: "@")) {
                found.insert(number)
            }
            guard let indentation else { continue }
            if parents.last?.indentation == indentation { parents.removeLast() }
            // A key that is not indented is below nothing.
            parents.append(
                Parent(
                    indentation: indentation, isSecret: isMention || isBelow && indentation > 0))
        }
        hidden = found
    }

    /// Whether a secret may stand on one of those lines.
    func contains(_ number: Int) -> Bool { hidden.contains(number) }

    /// Nil for a line that is blank or a comment.
    private static func indentation(of line: ArraySlice<UInt8>) -> Int? {
        let rest = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard let first = rest.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "\r")
        else { return nil }
        return line.count - rest.count
    }

    private static func mentionsSecretKey(_ line: ArraySlice<UInt8>) -> Bool {
        // No such key is shorter or longer, with a slip of the pen.
        line.split { !isWord($0) }.contains { word in
            (5...24).contains(word.count)
                && SecretValueRanges.isSecretKey(String(decoding: word, as: UTF8.self))
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
