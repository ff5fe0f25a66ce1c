/// Everything that is wrong with a store's records, in one go.
package struct StateErrors: Error, Sendable {
    package let errors: [StateError]

    package init(_ errors: [StateError]) {
        self.errors = errors
    }
}
