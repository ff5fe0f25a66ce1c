import BankhookModel
import Foundation
import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// Intents on the branch as a lock (specification, section 6).
@Suite struct GitLockTests {
    /// Applies until the first request is under way, then lets a body look; opens the gate at last.
    private func whileApplying(
        _ body: (GitScene, Workspace, _ pid: Int, Gate) async throws -> Void
    ) async throws {
        let gate = Gate()
        let script = Script { request in
            request.number == 0 ? .hold(until: gate, then: .respond(200)) : .respond(200)
        }
        try await GitScene.withClone(script) { scene, clone, server in
            let other = try await scene.clone("other")
            let first = try await clone.start(["apply", "--auto-approve"]) { running in
                _ = try await server.nextRequest()
                defer { gate.open() }
                try await body(
                    scene, other, Int(running.processIdentifier.value), gate)
            }
            #expect(first.status == 0, "\(first.error)")
        }
    }

    @Test func `an environment that another run applies is locked, with who and the lock's id`()
        async throws
    {
        try await whileApplying { scene, other, pid, _ in
            let pending = try await scene.record("uat")?["pending"]
            guard case .string(let id)? = pending?["id"],
                case .string(let host)? = pending?["host"],
                case .string(let start)? = pending?["started_at"]
            else {
                Issue.record("no intent on the branch")
                return
            }
            let second = try await other.apply()
            #expect(second.status == 4)
            let words = "uat: locked by \(host) pid \(pid) since \(start), lock id \(id)"
            #expect(second.result.error.contains(words))
            let plan = try await other.run("plan", "--format", "json")
            #expect(plan.output.contains(#""code": "being_applied""#))
            #expect(plan.output.contains(id))
            // What only reads takes no lock.
            #expect(try await other.run("state", "list").status == 0)
            for command in [
                ["forget", "uat", "--allow", "unknown-outcome"], ["move", "uat", "b"],
            ] {
                let change = try await Bankhook.run(
                    ["state"] + command, in: other.directory, variables: other.variables)
                #expect(change.status == 4)
                #expect(change.error.contains("lock id \(id)"))
            }
        }
    }

    @Test func `an account that another run applies under another name is locked too`()
        async throws
    {
        try await whileApplying { scene, other, _, gate in
            var other = other
            // The environment was renamed, and its record was not.
            try scene.configure(&other, [.init(name: "staging")])
            other.variables["STAGING_KEY"] = Workspace.key(of: "uat")
            other.variables["STAGING_HASH"] = Workspace.hash(of: "uat")
            let second = try await other.apply()
            #expect(second.status == 4)
            #expect(second.result.error.contains("staging: locked by"))
            #expect(second.result.error.contains("uat is the same account under another name"))
            let plan = try await other.run("plan")
            #expect(plan.output.contains("'uat' is the account of 'staging' under another name"))
            #expect(try await scene.record("staging") == nil)

            let status = try await other.startReading([
                "apply", "--auto-approve", "--lock-timeout", "10m",
            ]) { line in
                if line.hasPrefix("waiting: staging: locked by") { gate.open() }
            }
            #expect(status == 0)
            #expect(try await scene.record("uat")?["pending"] == .null)
            #expect(try await scene.record("staging")?["serial"] == .integer(1))
        }
    }

    @Test func `other environments are applied meanwhile, and both outcomes survive`()
        async throws
    {
        try await whileApplying { scene, other, _, _ in
            var other = other
            try scene.configure(&other, [.init(name: "uat"), .init(name: "zulu")])
            #expect(try await other.apply("--target", "zulu").status == 0)
            #expect(try await scene.record("zulu")?["pending"] == .null)
            #expect(try await scene.record("uat")?["pending"] != .null)
        }
    }

    @Test func `a second apply waits as long as it was told, and finds the work done`()
        async throws
    {
        try await whileApplying { scene, other, _, gate in
            let status = try await other.startReading([
                "apply", "--auto-approve", "--lock-timeout", "10m",
            ]) { line in
                if line.hasPrefix("waiting: uat: locked by") { gate.open() }
            }
            #expect(status == 0)
            #expect(try await scene.record("uat")?["serial"] == .integer(1))
        }
    }

    /// An intent whose holder was killed.
    private func withDeadHolder(
        _ body: (GitScene, inout Workspace, HostileServer) async throws -> Void
    ) async throws {
        let never = Gate()
        let script = Script { request in
            request.number == 0 ? .hold(until: never, then: .respond(200)) : .respond(200)
        }
        try await GitScene.withClone(script) { scene, clone, server in
            let result = try await clone.start(["apply", "--auto-approve"]) { running in
                _ = try await server.nextRequest()
                try running.send(signal: .kill)
            }
            #expect(result.status == 128 + 9)
            var other = try await scene.clone("other")
            try await body(scene, &other, server)
        }
    }

    @Test func `killed between its pushes, it is unknown and locked, and converges once unlocked`()
        async throws
    {
        try await withDeadHolder { scene, other, server in
            let plan = try await other.run("plan", "--detailed-exitcode")
            #expect(plan.status == 2)
            #expect(plan.output.contains("outcome unknown since"))
            #expect(plan.output.contains("being applied by"))
            guard case .string(let id)? = try await scene.record("uat")?["pending"]?["id"] else {
                Issue.record("no intent on the branch")
                return
            }
            #expect(plan.output.contains("lock id \(id)"))
            #expect(try await other.apply().status == 4)
            let unknown = try await other.run("state", "unlock", "--id", "nobody's")
            #expect(unknown.status == 1)
            #expect(unknown.error.contains("no lock has the id nobody's"))

            #expect(try await other.run("state", "unlock", "--id", id).status == 0)
            #expect(try await scene.record("uat")?["pending"]?["expires_at"] == .null)
            #expect(try await other.run("plan").output.contains("outcome unknown since"))
            #expect(try await other.apply().status == 0)
            #expect(server.requests.count == 2)
            #expect(server.requests.last?.body.contains("\"webhook_mode\": 1") == true)
            #expect(try await scene.record("uat")?["serial"] == .integer(1))
            #expect(try await other.run("plan", "--detailed-exitcode").status == 0)
        }
    }

    @Test func `a lease is held a fifth longer than it says, and no longer`() async throws {
        try await withDeadHolder { scene, other, server in
            // The default lease is ten minutes.
            let now = Timestamp(Date())
            try await scene.endLease(
                of: "uat", at: Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - 60))
            #expect(try await other.apply().status == 4)
            try FileManager.default.removeItem(atPath: "\(scene.folder)/hand")
            try await scene.endLease(
                of: "uat", at: Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - 121))
            #expect(try await other.run("plan").output.contains("outcome unknown since"))
            #expect(try await other.apply().status == 0)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `forget of a record in doubt on the branch needs to be allowed`() async throws {
        try await withDeadHolder { scene, other, _ in
            guard case .string(let id)? = try await scene.record("uat")?["pending"]?["id"] else {
                Issue.record("no intent on the branch")
                return
            }
            #expect(try await other.run("state", "unlock", "--id", id).status == 0)
            #expect(try await other.run("state", "forget", "uat").status == 5)
            #expect(
                try await other.run("state", "forget", "uat", "--allow", "unknown-outcome").status
                    == 0)
            #expect(try await scene.record("uat") == nil)
        }
    }
}
