extension Explanation {
    static let ofYAML: [Explanation] = [
        Explanation(
            "yaml_syntax",
            happened: """
                libyaml cannot read the text as YAML. The place that is shown is where \
                it gave up; the mistake is there or a little before.
                """,
            matters: """
                Nothing of the file can be trusted to mean what it looks like, so that \
                nothing is planned or sent.
                """,
            next: """
                Mend the line. Where the message carries a hint (quote it, no blank \
                after ':', a tab, marks of a merge), that is the usual reason.
                """),
        Explanation(
            "yaml_encoding",
            happened: """
                The file is not UTF-8, or has line breaks that are neither LF nor CRLF.
                """,
            matters: """
                The same bytes would mean different text to different programs.
                """,
            next: """
                Save the file as UTF-8 with LF or CRLF line breaks.
                """),
        Explanation(
            "yaml_character",
            happened: """
                The text holds a control, bidirectional or invisible character, or a \
                no-break space, outside of a comment.
                """,
            matters: """
                Such a character lets a line look like something that it is not, in a \
                review above all.
                """,
            next: """
                Remove the character at that place; the message names its code point.
                """),
        Explanation(
            "yaml_directive",
            happened: """
                The text has a directive (a line that begins with %) other than one \
                %YAML 1.1 or 1.2.
                """,
            matters: """
                A directive changes how the rest is read.
                """,
            next: """
                Remove the line.
                """),
        Explanation(
            "yaml_tag",
            happened: """
                A value carries a tag (!something).
                """,
            matters: """
                Tags make values of other types than those that are written; none is \
                needed here.
                """,
            next: """
                Remove the tag. A number or a word is read as what it looks like; quote \
                what must stay text.
                """),
        Explanation(
            "yaml_alias",
            happened: """
                An alias (*name) has no anchor before it, stands inside of what it \
                refers to, or aliases add too much.
                """,
            matters: """
                What it stands for is unknown, or endless.
                """,
            next: """
                Define the anchor (&name) earlier in the same file; quote a text that \
                merely begins with an asterisk.
                """),
        Explanation(
            "yaml_anchor",
            happened: """
                An anchor (&name) is defined twice.
                """,
            matters: """
                Which of the two an alias means would depend on where it stands.
                """,
            next: """
                Give the second one another name.
                """),
        Explanation(
            "yaml_merge",
            happened: """
                The value of << is neither a mapping nor a list of mappings, or << \
                stands twice in one mapping.
                """,
            matters: """
                What is merged would be unclear.
                """,
            next: """
                Write << once, with an alias of a mapping or a list of such aliases.
                """),
        Explanation(
            "yaml_key",
            happened: """
                A key is not a single value.
                """,
            matters: """
                Keys here are names of fields, environments and secrets.
                """,
            next: """
                Write a plain word before the colon.
                """),
        Explanation(
            "duplicate_key",
            happened: """
                A key stands twice in one mapping. Both places are shown.
                """,
            matters: """
                Most YAML readers keep the last one in silence, so that half of what was \
                reviewed would not hold.
                """,
            next: """
                Remove one of the two.
                """),
        Explanation(
            "yaml_nesting",
            happened: """
                Values are nested more than 64 levels deep.
                """,
            matters: """
                No configuration needs that; texts like it are made to stop a program.
                """,
            next: """
                Look for brackets that are never closed.
                """),
        Explanation(
            "yaml_too_large",
            happened: """
                The text has more than 64 MiB.
                """,
            matters: """
                No configuration is that large; a wrong file was probably named.
                """,
            next: """
                Name the right file, or split the fleet into a directory of files.
                """),
        Explanation(
            "yaml_empty",
            happened: """
                The file is empty, or holds comments only.
                """,
            matters: """
                An empty configuration would declare that there is no environment.
                """,
            next: """
                Write at least version and environments; bankhook init makes a file to \
                begin with.
                """),
        Explanation(
            "yaml_second_document",
            happened: """
                A second document begins (---) behind the first.
                """,
            matters: """
                Only one could count, and which is not obvious.
                """,
            next: """
                Remove the line, or put the second document into a file of its own \
                (--config DIRECTORY reads many).
                """),
    ]
}
