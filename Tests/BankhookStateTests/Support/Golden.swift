/// State files as bankhook must write them, to the byte. Their checksums were computed with
/// `jq -S 'del(.checksum)' FILE | sha256sum`.
enum Golden {
    /// A registration with everything that is optional.
    static let full = """
        {
          "applied": {
            "account": "hmac-sha256:6f1c02b9d3a4e581",
            "applied_at": "2026-11-23T04:12:09Z",
            "base_url": "https://apis.bankconnect.finbox.in",
            "flow": "entity",
            "origin": "applied",
            "revision": "4f2c9e1d5b6a7c8e9f0a1b2c3d4e5f6a7b8c9d0e",
            "run": "https://ci.example/runs/1042",
            "tool": "bankhook 0.1.0",
            "webhook_mode": 1,
            "webhook_secrets": {
              "token": "hmac-sha256:90ab12cd34ef5678"
            },
            "webhook_url": "https://hooks.lender.example/bankconnect/{token}"
          },
          "checksum": "sha256:d942c978c4539b9479964288d5bfe7e1bf2b0050b82486dc3ae16ebeca410682",
          "environment": "production",
          "lineage": "0f0c6f6e-3b1a-4c55-9d7e-8a1b2c3d4e5f",
          "pending": null,
          "previous": "sha256:1111111111111111111111111111111111111111111111111111111111111111",
          "schema": 1,
          "serial": 4
        }

        """

    /// A registration with nothing that is optional, of the Session flow, imported.
    static let bare = """
        {
          "applied": {
            "account": "hmac-sha256:6f1c02b9d3a4e581",
            "applied_at": "2026-11-23T04:12:09Z",
            "base_url": "https://apis.bankconnect.finbox.in",
            "flow": "session",
            "origin": "imported",
            "tool": "bankhook 0.1.0",
            "webhook_mode": 3,
            "webhook_url": "https://hooks.lender.example/bankconnect"
          },
          "checksum": "sha256:41c8fb2d9e216b33c6125eb975dd94d8979e1a664e65efac54657449dd59968d",
          "environment": "uat",
          "lineage": "0f0c6f6e-3b1a-4c55-9d7e-8a1b2c3d4e5f",
          "pending": null,
          "previous": null,
          "schema": 1,
          "serial": 1
        }

        """

    /// A first intent.
    static let intent = """
        {
          "applied": null,
          "checksum": "sha256:2180b7a025dbd20447bf7bae37c948567b743d8dea50be4c6dc6be4abf80680b",
          "environment": "uat",
          "lineage": "0f0c6f6e-3b1a-4c55-9d7e-8a1b2c3d4e5f",
          "pending": {
            "account": "hmac-sha256:6f1c02b9d3a4e581",
            "action": "register",
            "base_url": "https://apis-uat.bankconnect.finbox.in",
            "expires_at": null,
            "flow": "entity",
            "host": "build-7",
            "id": "7d9f1c1e-0000-4000-8000-000000000001",
            "pid": 4711,
            "run": "https://ci.example/runs/7",
            "settled": null,
            "started_at": "2026-11-23T04:12:09Z",
            "unknown_since": "2026-11-22T23:59:59Z",
            "webhook_mode": 0,
            "webhook_secrets": {
              "a": "hmac-sha256:0000000000000001",
              "b_2": "hmac-sha256:0000000000000002"
            },
            "webhook_url": "https://hooks.lender.example/{b_2}?x={a}"
          },
          "previous": null,
          "schema": 1,
          "serial": 0
        }

        """
}
