internal import ArgumentParser

/// How many payloads are delivered a second at most.
struct DeliveryRate: Sendable {
    /// The least time between two deliveries.
    let interval: Duration

    /// Parses `N/s`: a number above 0, at most 10,000, with decimals or without.
    @Sendable static func parse(_ text: String) throws -> DeliveryRate {
        let number = text.hasSuffix("/s") ? text.dropLast(2) : ""
        let isPlain = number.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        guard isPlain, let rate = Double(number), rate > 0, rate <= 10_000, rate >= 0.001 else {
            throw ValidationError("--rate takes a number a second, such as 5/s or 0.5/s")
        }
        return DeliveryRate(interval: .seconds(1 / rate))
    }
}
