internal import BankhookModel

extension EnvironmentName {
    /// The environment whose record a file is; nil for any other file.
    init?(record file: String) {
        guard file.hasSuffix(".json") else { return nil }
        self.init(String(file.dropLast(5)))
    }
}
