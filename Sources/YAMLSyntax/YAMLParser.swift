package import SourceText

/// Turns a text into nodes with positions, through the system's libyaml.
package enum YAMLParser {
    /// Reads the only document of a file; never throws, for mistakes are what it is about.
    package static func parse(_ file: SourceFile) -> YAMLParseResult {
        var composer = YAMLComposer(of: file)
        do throws(SyntaxError) {
            let inspection = try TextInspection(file.bytes)
            try DirectiveCheck.check(file.bytes)
            if inspection.needsCloserLook { composer.lookCloser() }
            let end = try EventReader.reading(
                file.bytes, endingAt: inspection.end
            ) { (reader) throws(SyntaxError) in
                try composer.compose(&reader)
            }
            if end < inspection.end { try TrailingText.check(file.bytes, after: end) }
            try composer.refuseEmpty()
        } catch {
            return composer.ended(by: error)
        }
        return composer.result
    }
}
