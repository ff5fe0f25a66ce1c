import BankConnectAPI
import BankhookDelivery
import BankhookModel
import JSONSyntax
import SourceText
import Synchronization
import Testing

/// BankConnect's lists, and answers in their place where a test wants others.
final class BankConnectDouble: ReadAPI {
    private struct State {
        var lists: [String: String]
        var answers: [String: [Answer]] = [:]
        var questions: [String] = []
        var onQuestion: (@Sendable (String) async -> Void)?
    }

    private let state: Mutex<State>

    /// A whole answer's text by the id that it is asked for.
    init(_ lists: [String: String]) {
        state = Mutex(State(lists: lists))
    }

    /// The ids that were asked for, in order.
    var questions: [String] { state.withLock { $0.questions } }

    /// Answers before the list; the last one repeats where the list is absent.
    func answer(_ id: String, with answers: [Answer]) {
        state.withLock { $0.answers[id] = answers }
    }

    func read(_ request: ReadRequest) async -> Answer {
        let id =
            switch request.call {
            case .webhookPayloads(let link): link.text
            case .transactions(let entity): entity.text
            }
        return state.withLock { state in
            state.questions.append(id)
            if var answers = state.answers[id], let first = answers.first {
                if answers.count > 1 || state.lists[id] != nil { answers.removeFirst() }
                state.answers[id] = answers
                return first
            }
            let body = state.lists[id] ?? #"{"payloads": []}"#
            return .response(
                .init(
                    status: 200,
                    body: AnswerBody(
                        bytes: Array(body.utf8), contentType: "application/json")))
        }
    }

    /// An environment whose calls this answers.
    static func environment() throws -> BankhookModel.Environment {
        Environment(
            name: try #require(EnvironmentName("uat")),
            registration: Registration(
                baseURL: try BaseURL("http://127.0.0.1:1"), flow: .entity,
                webhookURL: try WebhookURL("https://hooks.lender.example/a"), mode: .netBanking),
            credentials: try references(), webhookSecrets: [:], isProtected: false,
            reassertAfter: nil, timeout: TimeSpan(seconds: 30), certificateAuthorityFile: nil,
            file: SourceFile(path: "bankhook.yaml", bytes: []), range: SourceRange(at: .start))
    }

    private static func references() throws -> CredentialReferences {
        CredentialReferences(apiKey: .variable("KEY"), serverHash: .variable("HASH"))
    }

    static func credentials() throws -> Credentials {
        Credentials(
            apiKey: try #require(Secret("key-1")), serverHash: try #require(Secret("hash-1")))
    }

    /// What asks this about links.
    func links(
        _ time: ManualTime = ManualTime(), interruption: Interruption = Interruption()
    ) throws -> LinkReader {
        LinkReader(
            api: self, environment: try Self.environment(), credentials: try Self.credentials(),
            time: time.runTime, interruption: interruption)
    }
}

/// One entry of a list, as JSON.
func entry(
    _ link: String, _ statement: String, _ progress: String = "completed",
    at time: String = "2026-11-23 09:00:00"
) -> String {
    """
    {"entity_id": "e", "statement_id": "\(statement)", "link_id": "\(link)", \
    "progress": "\(progress)", "reason": "", "date_time": "\(time)"}
    """
}

/// An answer with these entries, newest first.
func list(_ entries: String...) -> String {
    #"{"payloads": [\#(entries.joined(separator: ", "))]}"#
}

func ids(_ texts: String...) -> [BankConnectID] { texts.compactMap(BankConnectID.init) }
