internal import BankhookCommands
#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

@main
struct Main {
    static func main() async {
        exit(await BankhookCommand.run(Array(CommandLine.arguments.dropFirst())))
    }
}
