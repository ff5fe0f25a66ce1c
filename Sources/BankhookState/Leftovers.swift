internal import SystemCalls

/// What a killed apply left in a state directory. Whoever clears it holds the lock.
package enum Leftovers {
    /// Removes temporaries, and makes durable what was renamed and not yet synced: what is read after
    /// this lasts, so that `unchanged` claims nothing that a loss of power takes back.
    ///
    /// `path` is the directory's, for messages.
    package static func clear(in files: any StateFiles, path: String) throws(StateError) {
        for name in try RecordReader(path: path, files: files).entries()
        where name.hasPrefix(".") && name.contains(".tmp-") {
            do throws(SystemCallError) {
                try files.unlink(name)
            } catch {
                let path = RecordReader.file(name, in: path)
                throw error.isDirectoryInstead
                    ? .notPlainFile(path: path, kind: "a directory")
                    : .systemCall(path: path, error)
            }
        }
        do throws(SystemCallError) {
            try files.syncDirectory()
        } catch {
            throw .systemCall(path: path, error)
        }
    }
}
