/// `/_emulator/registrations`, read with types of the tests' own.
struct ListedRegistration: Decodable, Equatable {
    let account: String
    let flow: String
    let webhook_url: String
    let webhook_mode: Int
    let updated_at: String
}

/// `/_emulator/requests`, for calls whose body is an update's.
struct ListedRequest: Decodable, Equatable {
    struct Body: Decodable, Equatable {
        let webhook_url: String
    }

    let at: String
    let method: String
    let path: String
    let account: String?
    let body: Body?
    let status: Int?
}

/// `/_emulator/faults`, as far as it is needed to see faults used up.
struct ListedFault: Decodable, Equatable {
    let path: String
    let times: Int
}

/// What `/_emulator/events` answers.
struct ListedEvent: Decodable {
    let entity_id: String
    let statement_id: String
    let link_id: String?
    let reason: String
    let webhook: String
    let note: String?
    let delivery: ListedDelivery?
}

/// `/_emulator/deliveries`, for bodies of the entity flow.
struct ListedDelivery: Decodable {
    struct Body: Decodable {
        let statement_id: String
    }

    let at: String
    let url: String
    let body: Body
    let status: Int?
    let error: String?
}

/// The API's own list of payloads.
struct ListedPayloads: Decodable {
    struct Payload: Decodable {
        let statement_id: String
        let progress: String
        let date_time: String
    }

    let payloads: [Payload]
}
