internal import CBankhook
package import Dispatch

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// What signals do to this process.
package enum ProcessSignals {
    /// Keeps output from ending the process, and a crash from printing its memory.
    ///
    /// A closed pipe and a file size limit kill by default, and an apply must record all the same.
    /// The Swift runtime can print registers and memory when a program traps, and that memory may
    /// hold a key: the system's own handling does not.
    package static func settle() {
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] {
            signal(number, SIG_DFL)
        }
    }

    /// Calls a handler for SIGINT, SIGTERM and SIGHUP until `cancel` is called for the returned
    /// sources, or else for as long as the process lives.
    ///
    /// Only after `cancel` do these signals do again what they do by default. The handler runs on a
    /// queue of its own, so that it is called even when every other thread waits for something. A
    /// SIGHUP that was ignored when the process began, as under nohup, stays ignored.
    @discardableResult
    package static func observe(_ handler: @Sendable @escaping (Int32) -> Void)
        -> [any DispatchSourceSignal]
    {
        let queue = DispatchQueue(label: "bankhook.signals")
        return [SIGINT, SIGTERM, SIGHUP].compactMap { number in
            if number == SIGHUP, bankhook_is_ignored(number) != 0 { return nil }
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                // It keeps its own source alive: nobody has to hold one that is never cancelled.
                withExtendedLifetime(source) { handler(number) }
            }
            source.setCancelHandler { signal(number, SIG_DFL) }
            source.activate()
            return source
        }
    }
}
