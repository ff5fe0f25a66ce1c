/// What is wrong with a list that is JSON, but not as the vendor documents it.
struct ListShapeError: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
