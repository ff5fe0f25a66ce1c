internal import BankhookModel
internal import BankhookState

extension StateStore {
    /// The name of a record that is there, or a failure before anything is locked or made.
    func recordedName(_ text: String, or other: EnvironmentName? = nil)
        async throws(CommandFailure) -> EnvironmentName
    {
        do throws(StateErrors) {
            if let name = EnvironmentName(text) {
                if try await record(name) != nil { return name }
                if let other, try await record(other) != nil { return name }
            }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure.problem(
            "unknown_environment", "nothing is recorded for \(quoted(text))",
            hint: "see bankhook state list")
    }
}
