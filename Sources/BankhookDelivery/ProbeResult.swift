package import BankConnectAPI
internal import BankhookModel

/// What one payload at one endpoint came to.
package struct ProbeResult: Sendable {
    package let target: ProbeTarget
    package let shape: ProbeShape
    package let answer: Answer
    /// From connecting to the end of the answer.
    package let latency: Duration
    /// Whole days until the endpoint's certificate ends; nil without TLS or an answer.
    package let certificateDays: Int?

    /// Exactly 200: BankConnect takes nothing else for success.
    package var isGood: Bool { answer.status == 200 }

    /// Why it is not good; nil where it is.
    package var problem: ProbeProblem? {
        isGood ? nil : ProbeProblem(answer, target: target)
    }
}
