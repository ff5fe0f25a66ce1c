/// A point in an apply, counted from its beginning: the first one is 1.
enum Moment: Hashable {
    case diskOperation(Int)
    /// The n-th operation of one kind.
    case disk(DiskOperation, Int)
    case request(Int)
    /// So many jobs of the executor: between any two suspensions.
    case job(Int)
}
