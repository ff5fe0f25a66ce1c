package import SourceText

/// What reading a configuration came to: a configuration, unless the report holds an error.
package struct ConfigurationResult: Sendable {
    package let configuration: Configuration?
    package let report: DiagnosticReport
}
