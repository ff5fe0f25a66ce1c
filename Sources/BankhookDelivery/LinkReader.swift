package import BankConnectAPI
package import BankhookModel
internal import JSONSyntax
internal import Synchronization

/// Asks what BankConnect tried to deliver, link by link, and stops asking where every further
/// question would be in vain.
package final class LinkReader: Sendable {
    private let reader: PatientReader
    private let environment: Environment
    private let credentials: Credentials
    private let interruption: Interruption
    private let isOver = Mutex(false)

    package init(
        api: any ReadAPI, environment: Environment, credentials: Credentials, time: RunTime,
        interruption: Interruption = Interruption()
    ) {
        reader = PatientReader(api: api, time: time, interruption: interruption)
        self.environment = environment
        self.credentials = credentials
        self.interruption = interruption
    }

    /// The payloads of a link, newest first.
    func list(_ link: BankConnectID) async throws(LinkFailure) -> [ListedPayload] {
        guard !interruption.isRequested, !Task.isCancelled else { throw .interrupted }
        guard !isOver.withLock({ $0 }) else { throw .notAsked }
        let failure: ReadFailure
        do throws(ReadFailure) {
            let request = ReadRequest(
                .webhookPayloads(link: link), at: environment, credentials: credentials)
            let answer = try await reader.json(request)
            do throws(ListShapeError) {
                return try ListedPayload.list(in: answer)
            } catch {
                throw ReadFailure(cause: .wrongShape(error.message), attempts: 1)
            }
        } catch {
            failure = error
        }
        if failure.cause == .answer(.interrupted) { throw .interrupted }
        if failure.concernsAll { isOver.withLock { $0 = true } }
        throw .read(failure)
    }
}
