import BankhookGitStore
import BankhookState
import BranchTestSupport

/// A state branch in memory; every store has a clone of its own.
struct MemoryPlace: StorePlace {
    private let scene: Scene

    init(_ scene: Scene) {
        self.scene = scene
    }

    func open() -> any StateStore { scene.store(in: MemoryClone(of: scene.remote)) }

    func put(_ file: String, _ bytes: [UInt8]?) async throws {
        try await scene.put([BranchChange(file: file, bytes: bytes)])
    }

    func bytes(of file: String) -> [UInt8]? { scene.remote.bytes(of: file) }
}
