/// What a name can stand for after the power was lost.
enum DiskContent: Hashable {
    case absent
    case file([UInt8])
    /// A file whose content was never made durable: empty, cut, zeros or complete.
    case torn
}
