/// The calls of `StateFiles`, each of which can fail or be the last one.
enum DiskOperation: CaseIterable {
    case read, create, syncAll, rename, unlink, syncDirectory

    var crash: Counter {
        switch self {
        case .read: .crashElsewhere
        case .create: .crashInCreate
        case .syncAll: .crashInSync
        case .rename: .crashInRename
        case .unlink: .crashInUnlink
        case .syncDirectory: .crashInDirectorySync
        }
    }

    var failure: Counter {
        switch self {
        case .read: .diskErrorInRead
        case .create: .diskErrorInCreate
        case .syncAll: .diskErrorInSync
        case .rename: .diskErrorInRename
        case .unlink: .diskErrorInUnlink
        case .syncDirectory: .diskErrorInDirectorySync
        }
    }
}
