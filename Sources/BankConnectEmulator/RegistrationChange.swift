/// A registration that a good call asks for, and whose it will be.
struct RegistrationChange: Sendable {
    /// Whose it will be.
    let account: EmulatorAccount
    /// The flow whose call it was.
    let flow: Flow
    /// What replaces the registration before.
    let registration: Registration
}
