import Dispatch

/// Computes beside the other tests, on a thread of its own: what computes for long on the threads
/// that tests share starves those that wait for something.
func beside<Value: Sendable>(_ body: @Sendable @escaping () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        computations.async { continuation.resume(with: Result(catching: body)) }
    }
}

/// One at a time: the other processor is for everybody else.
private let computations = DispatchQueue(label: "simulation", qos: .utility)
