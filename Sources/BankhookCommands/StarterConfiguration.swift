internal import BankhookModel

/// A configuration to begin with: commented, and complete but for each environment's URL, which
/// nobody can guess.
struct StarterConfiguration {
    let environments: [EnvironmentName]
    /// Registrations exist already, made by other means.
    let adopts: Bool

    /// The text of the file.
    var text: String {
        Self.head + (adopts ? Self.adoption : "") + Self.defaults
            + environments.map(section).joined(separator: "\n")
    }

    private static let head = """
        # yaml-language-server: $schema=./schema/bankhook.schema.json
        # (Completion in an editor, once the schema is there: copy the folder schema of bankhook's
        # release beside this file, or name it by its path, such as
        # /usr/share/bankhook/schema/bankhook.schema.json. Nothing else needs it.)
        #
        # What BankConnect must call when a bank statement has been processed, for each environment.
        # bankhook validate, then bankhook plan, then bankhook apply; commit bankhook.state afterwards.

        """

    private static let adoption = """
        #
        # Registrations that exist already are taken over by sending them once more:
        #
        #   1. Find the URL and the mode that are registered now: in the code or the collection that
        #      called update_webhook last. BankConnect cannot be asked.
        #   2. Write exactly those below, and run bankhook plan: it says what would be sent.
        #   3. Run bankhook apply. Sending the same registration again changes nothing at BankConnect, and
        #      from then on it is recorded. (bankhook state import NAME records without sending: for
        #      an account that must not be called now. It is as true as whoever wrote it.)
        #   4. Stop whoever else calls update_webhook: a call without webhook_mode resets the mode to 0.

        """

    private static let defaults = """
        version: 1

        defaults:
          # net_banking (0) or net_banking_and_manual (1): manual uploads too. Never assumed.
          webhook_mode: net_banking_and_manual
          # Keys never stand here. Those of uat are in BANKCONNECT_UAT_API_KEY and
          # BANKCONNECT_UAT_SERVER_HASH; { file: PATH } reads one from a file.
          credentials:
            api_key: { env: "BANKCONNECT_{ENVIRONMENT}_API_KEY" }
            server_hash: { env: "BANKCONNECT_{ENVIRONMENT}_SERVER_HASH" }

        environments:

        """

    private func section(_ name: EnvironmentName) -> String {
        let isUAT = name.text.split { "._-".contains($0) }.contains("uat")
        let host =
            isUAT
            ? "    base_url: https://apis-uat.bankconnect.finbox.in\n"
            : "    # base_url: https://apis.bankconnect.finbox.in   # the default, production's\n"
        let key = name.text.allSatisfy(\.isNumber) ? "\"\(name)\"" : name.text
        return """
              \(key):
            \(host)    webhook_url: # write it here, such as https://hooks.lender.example/bankconnect

            """
    }
}
