/// A disk with a memory that it can lose.
///
/// A file's content is durable once it was synced; until then a loss of power leaves it empty, cut,
/// full of zeros, or whole. Changes of the directory are atomic and durable once it was synced; until
/// then each may have happened or not, but none before an earlier one of the same name. What a failed
/// sync left behind may be lost for good, though it is seen until the power goes. That is weaker than any journal, and as weak as the promises that `StateFiles` makes.
struct DiskState {
    struct File: Hashable {
        var bytes: [UInt8]
        var isDurable = false
        /// A sync of it failed: no later one brings it back.
        var isLost = false
    }

    private(set) var files: [File] = []
    private(set) var durable: [String: Int] = [:]
    private(set) var unsynced: [DirectoryChange] = []
    /// What processes see.
    private(set) var visible: [String: Int] = [:]

    func bytes(of name: String) -> [UInt8]? {
        visible[name].map { files[$0].bytes }
    }

    /// The files that processes see, left-over temporaries aside.
    var records: [String: [UInt8]] {
        visible.filter { !$0.key.hasPrefix(".") }.mapValues { files[$0].bytes }
    }

    /// Everything that a name can stand for after a loss of power at this moment.
    func possibilities(of name: String) -> [DiskContent] {
        var contents = [content(durable[name])]
        var entries = durable
        for change in unsynced where change.names.contains(name) {
            change.apply(to: &entries)
            contents.append(content(entries[name]))
        }
        return contents
    }

    private func content(_ file: Int?) -> DiskContent {
        guard let file else { return .absent }
        return files[file].isDurable ? .file(files[file].bytes) : .torn
    }

    // MARK: Operations

    mutating func create(_ name: String, bytes: [UInt8], isDurable: Bool, isLost: Bool) {
        files.append(File(bytes: bytes, isDurable: isDurable, isLost: isLost))
        change(.create(name, file: files.count - 1))
    }

    /// False where nothing has the name.
    mutating func rename(_ name: String, to newName: String) -> Bool {
        guard let file = visible[name] else { return false }
        change(.rename(name, to: newName, file: file))
        return true
    }

    mutating func unlink(_ name: String) {
        guard visible[name] != nil else { return }
        change(.unlink(name))
    }

    private mutating func change(_ change: DirectoryChange) {
        unsynced.append(change)
        change.apply(to: &visible)
    }

    /// Makes contents durable: each one that `reaches` picks. The others are lost for good where the
    /// sync reports a failure.
    mutating func syncFiles(isFailing: Bool, reaches: (Int) -> Bool) {
        for index in files.indices where !files[index].isDurable && !files[index].isLost {
            if reaches(index) {
                files[index].isDurable = true
            } else {
                files[index].isLost = isFailing
            }
        }
    }

    /// Makes changes of the directory durable: those that `reaches` picks, unless an earlier one of
    /// the same name stays behind. Where the sync fails for good, what stays behind is seen, and no
    /// later sync makes it durable.
    mutating func syncDirectory(losingTheRest: Bool = false, reaches: (DirectoryChange) -> Bool) {
        var left = [DirectoryChange]()
        var blocked = Set<String>()
        for change in unsynced {
            if blocked.isDisjoint(with: change.names), reaches(change) {
                change.apply(to: &durable)
            } else {
                blocked.formUnion(change.names)
                left.append(change)
            }
        }
        unsynced = losingTheRest ? [] : left
    }

    /// The power is lost: what is durable is all that there is, and what was not is torn as told.
    mutating func losePower(tear: ([UInt8]) -> [UInt8]) {
        unsynced = []
        visible = durable
        for file in Set(durable.values).sorted() where !files[file].isDurable {
            files[file].bytes = tear(files[file].bytes)
            files[file].isDurable = true
        }
    }

    /// Every directory that a loss of power at this moment can leave; what was not synced is empty.
    var afterPowerLoss: [DiskState] {
        var disks = [DiskState]()
        choose(from: unsynced[...], taken: [], blocked: []) { taken in
            var disk = self
            disk.syncDirectory { taken.contains($0) }
            disk.losePower { _ in [] }
            disks.append(disk)
        }
        return disks
    }

    /// Calls `found` with every set of changes that can have happened without the others.
    private func choose(
        from changes: ArraySlice<DirectoryChange>, taken: Set<DirectoryChange>,
        blocked: Set<String>, _ found: (Set<DirectoryChange>) -> Void
    ) {
        guard let change = changes.first else { return found(taken) }
        choose(
            from: changes.dropFirst(), taken: taken, blocked: blocked.union(change.names), found)
        guard blocked.isDisjoint(with: change.names) else { return }
        choose(
            from: changes.dropFirst(), taken: taken.union([change]), blocked: blocked, found)
    }
}
